/* Delegated onboarding, the owner's list, and who carries it (RP1 sections 9.2, 10.4, 10.6).

   One device, its owner, an honest delegate and a thief who holds a delegate's key. The owner revokes the thief
   at some moment. From then on lists of counter NEW name the thief; lists of counter OLD name nobody. Anybody may
   bring the device any list that the owner signed; only the owner signs. Power may be cut before each flash write.

   The device: UNOWNED - STAGED (item 6 by a delegate's grant, perhaps a list with it) - OWNED. `told`: what it has
   confirmed to somebody. Properties:
     obeys   once the device confirmed the list that names the thief, the thief gets nothing from it, ever
     taken   no device becomes the owner's by the thief's grant where the list that came along names the thief
     spoken  a device that was taken by grant lets no other grant count before the owner's session or list
     heard   the honest delegate, once it met a device that knows, knows too; and carries no older list on
     reaches whatever the thief does, the owner comes in and the device hears of the revocation

   Ablations: -DANY_LIST the device takes the list that came last; -DBLIND_COMMIT item 6 by grant is not held to
   the list that came with it; -DAT_ONCE other grants count at once; -DRAM the list is confirmed before it is
   written; -DFORGETS the honest delegate carries whatever a device shows. */

#define OLD 1
#define NEW 2
#define UNOWNED 0
#define STAGED 1
#define OWNED 2
#define NOBODY 0
#define HONEST 1
#define THIEF 2

#ifndef CUTS
#define CUTS 2
#endif
#ifndef ACTS
#define ACTS 8
#endif

byte state = UNOWNED, by = NOBODY;      /* by: whose grant is staged, or brought the owner */
byte held = 0, staged_list = 0;         /* counters in flash; 0: none */
byte told = 0;                          /* highest counter that was confirmed */
byte carried = OLD;                     /* the honest delegate's */
bool revoked = false;                   /* the owner decided */
bool owner_spoke = false;               /* a session or list of the owner's since the device was taken */
bool thief_got = false, wrong_taken = false, too_early = false, older = false, owner_in = false;
byte cuts = CUTS, acts = ACTS;

inline write_list(counter) {
	if
	:: cuts > 0 -> cuts--		/* power goes before the write: nothing is stored, nothing is said */
#ifdef RAM
		; told = (counter > told -> counter : told)
#endif
	:: true -> held = counter; told = (counter > told -> counter : told); owner_spoke = true
	fi
}

inline bring(counter) {
	if
	:: state != OWNED -> skip
#ifdef ANY_LIST
	:: state == OWNED -> write_list(counter)
#else
	:: state == OWNED && counter > held -> write_list(counter)
	:: state == OWNED && counter <= held -> skip
#endif
	fi
}

inline stage(who, counter) {
	if
	:: state == OWNED -> skip
	:: else -> state = STAGED; by = who; staged_list = counter
	fi
}

inline commit() {
	if
	:: state != STAGED -> skip
#ifndef BLIND_COMMIT
	:: state == STAGED && by == THIEF && staged_list == NEW -> state = UNOWNED; by = NOBODY; staged_list = 0
	:: state == STAGED && !(by == THIEF && staged_list == NEW) ->
#else
	:: state == STAGED ->
#endif
		if
		:: cuts > 0 -> cuts--; state = UNOWNED; by = NOBODY; staged_list = 0	/* cut before the flip: as before */
		:: true ->
			wrong_taken = wrong_taken || (by == THIEF && staged_list == NEW);
			state = OWNED; held = staged_list; owner_spoke = (staged_list > 0);
			told = (staged_list > told -> staged_list : told); staged_list = 0
		fi
	fi
}

/* Somebody acts under a grant at an owned device. */
inline act(who) {
	if
#ifdef AT_ONCE
	:: state == OWNED && !(who == THIEF && held == NEW) ->
#else
	:: state == OWNED && owner_spoke && !(who == THIEF && held == NEW) ->
#endif
		thief_got = thief_got || (who == THIEF && told == NEW);
		too_early = too_early || !owner_spoke
	:: else -> skip
	fi
}

inline honest_meets() {
	if
	:: state == OWNED ->
		if
		:: carried > held -> bring(carried)
#ifdef FORGETS
		:: carried < held || carried > held -> older = older || (held < carried && held > 0); carried = (held > 0 -> held : carried)
#else
		:: carried < held -> carried = held
#endif
		:: carried == held -> skip
		fi
	:: else -> skip
	fi
}

active proctype world() {
	do
	:: acts > 0 -> acts--;
		if
		:: !revoked -> revoked = true
		:: true -> stage(HONEST, carried)
		:: true -> stage(THIEF, 0)
		:: true -> stage(THIEF, OLD)
		:: revoked -> stage(THIEF, NEW)
		:: true -> commit()
		:: true -> act(THIEF)
		:: true -> act(HONEST)
		:: true -> bring(OLD)			/* the thief plays an old list again */
		:: true -> honest_meets()
		:: revoked -> carried = NEW	/* the owner gives the honest delegate the list */
		:: state == OWNED ->		/* the owner's session: read before write, then the newest list */
			owner_in = true; owner_spoke = true;
			if
			:: revoked -> bring(NEW)
			:: else -> skip
			fi
		:: state == OWNED -> state = UNOWNED; by = NOBODY; held = 0; staged_list = 0; told = 0; owner_spoke = false	/* the button, no lock */
		fi
	:: else -> break
	od;
	/* Then the owner is left alone with the device, and power stays. */
	cuts = 0; revoked = true;
	if
	:: state != OWNED -> stage(HONEST, NEW); commit()
	:: else -> skip
	fi;
	owner_in = true; bring(NEW);
	assert(held == NEW && owner_in)
}

ltl obeys { [] !thief_got }
ltl taken { [] !wrong_taken }
ltl spoken { [] !too_early }
ltl heard { [] !older }
ltl reaches { <> (held == NEW) }
