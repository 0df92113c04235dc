/* The owner's record beside the slots: two copies with sequence and CRC, against power cuts anywhere.
   S: strangers, former owners and buyers, under one key; H: the honest owner. After STEPS acts of anybody, in any
   order, S goes away and H does what an app does, until the device is H's and holds H's newest list.

   Ablations, each of which must fail:
     GLOBAL        numbers outside the owner's record: they bind the next owner        honest never done
     STRICT        the last epoch of all must be exceeded too                           honest never done
     ONE_COPY      the record is overwritten in place                                   assertion
     RECORD_FIRST  a wipe erases the record before the slots                            assertion
     REPLY_FIRST   REVOKE_STATE is answered before it is written                        assertion
     KEEPS_STRANGERS  boot does not erase a record that names no slot's key             assertion          */
#ifndef CUTS
#define CUTS 3
#endif
#ifndef STEPS
#define STEPS 5
#endif
#define NOBODY 0
#define S 1
#define H 2
#define TOP 3                           /* the last epoch, and the highest counter */
#define NOTX 7

/* --- flash -------------------------------------------------------------------------------------- */
byte own=NOBODY; bit lock=0;            /* the final slot: its owner, and the lock of its item 6 */
byte slist=0, stx=NOTX;                 /* the list that its transaction brought, and the transaction */
bit isprov=0; byte prov=NOBODY, plist=0; bit plock=0;   /* the provisional slot over it */
byte epoch=0;
byte rkey[2], rctr[2], rtx[2], rseq[2]; bit good[2];    /* the record's two copies */
#ifdef GLOBAL
byte everyones=0;
#endif

/* --- ghosts -------------------------------------------------------------------------------------- */
byte told=0;                            /* the counter of which H, the owner, was told that it holds */
byte cuts=0, steps=0; bit done=0;
byte n, c, i, tx=0, was;

/* what the device reads of the two copies: the valid one with the higher sequence counts */
byte cur=1, rec=NOBODY, h[3];
inline load() {
  d_step {
    if :: good[0] && good[1] -> if :: rseq[0]==(rseq[1]+1)%3 -> cur=0 :: else -> cur=1 fi
       :: good[0] && !good[1] -> cur=0
       :: else -> cur=1 fi;
    if :: good[cur] -> rec=rkey[cur] :: else -> rec=NOBODY fi;
    h[S]=0; h[H]=0;
#ifdef GLOBAL
    h[S]=everyones; h[H]=everyones
#else
    if :: rec!=NOBODY -> h[rec]=rctr[cur] :: else -> skip fi
#endif
  } }
#define RECORD  rec
#define HELD(k) h[k]
#define MAYCUT  if :: cuts<CUTS -> cuts++; goto boot :: true fi
inline put(k,ctr,t) {                   /* one flash write: whole, or torn by a power cut */
#ifdef ONE_COPY
  i=cur;
#else
  i=1-cur;
#endif
  was=rseq[cur];
  if :: cuts<CUTS -> cuts++; good[i]=0; goto boot :: true fi;
  d_step { rkey[i]=k; rctr[i]=ctr; rtx[i]=t; rseq[i]=(was+1)%3; good[i]=1 };
#ifdef GLOBAL
  if :: ctr>everyones -> everyones=ctr :: else -> skip fi;
#endif
  load(); MAYCUT }
inline forget() {                       /* an empty record, and no copy of the one before */
  if :: RECORD!=NOBODY -> put(NOBODY,0,NOTX); good[1-cur]=0; MAYCUT :: else -> skip fi }
inline settle() {                       /* after FINAL and a transfer, and again at boot */
  if :: own!=NOBODY && stx!=NOTX && !(RECORD==own && rtx[cur]==stx) ->
        if :: RECORD!=own && RECORD!=NOBODY -> forget() :: else -> skip fi;
        if :: slist>HELD(own) -> c=slist :: slist<=HELD(own) && rec==own -> c=rctr[cur] :: else -> c=0 fi;
        put(own,c,stx)
     :: else -> skip fi }
inline strangers() {
#ifdef KEEPS_STRANGERS
  skip
#else
  if :: RECORD!=NOBODY && RECORD!=own -> forget() :: else -> skip fi
#endif
}
inline revert() { isprov=0; prov=NOBODY; plist=0 }
inline become(k,l,t) { d_step { if :: own!=k -> told=0 :: else -> skip fi; own=k; lock=0; slist=l; stx=t } }

/* --- what is done to a device ------------------------------------------------------------------- */
inline onboard(k,e,l) {                 /* mode 0: list e is the epoch of item 6, l the list bound to the tx */
  tx=(tx+1)%3; d_step { isprov=1; prov=k; plist=l; plock=0 }; MAYCUT;
  if :: true -> d_step { become(k,l,tx); revert(); epoch=e }; MAYCUT; settle();
        if :: k==H -> told=l; assert(HELD(H)>=l) :: else -> skip fi
     :: steps<STEPS -> revert(); MAYCUT    /* FINAL does not come */
  fi }
inline reprovision(l) {                 /* mode 1 by the owner, who may lock; an operation 9 in PROVISIONAL */
  tx=(tx+1)%3; d_step { isprov=1; prov=own; plist=0; plock=l }; MAYCUT;
  if :: true -> c=HELD(own); if :: c<TOP -> revoke(own,c+1) :: else -> skip fi :: true fi;
  if :: true -> d_step { n=own; become(n,0,tx); lock=plock; revert() }; MAYCUT; settle()
     :: true -> revert(); MAYCUT
  fi }
inline revoke(k,ctr) {                  /* operation 9 */
  if :: ctr>HELD(k) ->
#ifdef REPLY_FIRST
        if :: k==H -> told=ctr :: else -> skip fi; MAYCUT;
#endif
        put(k,ctr,stx);
        if :: k==H -> told=ctr :: else -> skip fi
     :: else -> skip fi }
inline transfer(k) {                    /* the token's epoch exceeds the device's */
  if :: epoch<TOP -> tx=(tx+1)%3; d_step { become(k,0,tx); epoch++ }; MAYCUT; settle() :: else -> skip fi }
inline wipe() {
#ifdef RECORD_FIRST
  forget();
#endif
  become(NOBODY,0,NOTX); MAYCUT; forget() }
inline button() {
  if :: isprov -> revert(); MAYCUT :: else -> skip fi;
  if :: lock -> d_step { slist=0; stx=NOTX }; MAYCUT   /* a flip to item 6 alone; the record survives */
     :: else -> wipe()
  fi }

#define CHECK   assert(own!=H || HELD(H)>=told); assert(RECORD==NOBODY || RECORD==own)
#ifdef GLOBAL
#undef CHECK
#define CHECK   skip
#endif
#ifdef STRICT
#define LOWEST  (epoch+1)
#else
#define LOWEST  (epoch+(epoch<TOP))
#endif

active proctype Device() {
 boot:
  load();
  if :: isprov && true -> revert() :: true fi;           /* the third boot, or not yet */
  if :: !isprov -> settle() :: else -> skip fi;
  strangers();
 idle:
  CHECK;
  do
  :: steps<STEPS -> steps++;
     if
     :: own==NOBODY && !isprov && LOWEST<=TOP -> n=LOWEST; if :: n<TOP -> n++ :: true fi; onboard(S,n,0)
     :: own==NOBODY && !isprov && LOWEST<=TOP -> n=LOWEST; onboard(H,n,2)
     :: own!=NOBODY && !isprov -> reprovision(own==H)
     :: own==S && !isprov -> revoke(S,TOP)
     :: own==H && !isprov -> c=HELD(H); if :: c<TOP -> revoke(H,c+1) :: else -> skip fi
     :: own!=NOBODY && !isprov -> n=S+H-own; transfer(n)
     :: own!=NOBODY && !isprov -> wipe()                 /* RESET by the owner */
     :: isprov -> revert(); MAYCUT                       /* ten minutes, or ABORT_TX */
     :: button()
     :: true                                             /* nothing */
     fi;
     CHECK
  :: steps>=STEPS && !done ->                            /* the honest owner, and nobody else */
     if
     :: isprov -> revert(); MAYCUT
     :: !isprov && own==S -> button()
     :: !isprov && own==NOBODY && LOWEST<=TOP -> n=LOWEST; onboard(H,n,1)
     :: !isprov && own==NOBODY && LOWEST>TOP -> skip     /* stuck */
     :: !isprov && own==H && HELD(H)<TOP -> c=HELD(H); revoke(H,c+1); CHECK; done=1
     :: !isprov && own==H && HELD(H)==TOP -> load();
        if :: rec==H && rctr[cur]==TOP -> done=1         /* H's own list, or the same again */
           :: else -> skip                               /* any list of H is refused: stuck */
        fi
     fi;
     CHECK
  :: done -> break
  od }
ltl honest { <> done }
