"""Ctrl-C and termination: whatever a command is doing when it is asked to end, it ends, and soon.

An interrupt can be lost: Python raises it wherever the program happens to be, and an importer, a destructor
or a callback from C may keep it to itself, or make another error of it. So it is repeated until the command
has ended, and any error that ends a command which was asked to end is the interrupt. Where it could only do
harm, in the middle of the import of a native module, it waits for the end of that: C++ that is interrupted
there aborts the process. A signal that was ignored when the command began (`&` in a script does that to
Ctrl-C) stays ignored.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.machinery import ExtensionFileLoader
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
Unraisable = Callable[["sys.UnraisableHookArgs"], None]

SIGNALS = (signal.SIGINT, signal.SIGTERM)
CLEAN_UP_SECONDS = 1.5
"""How long a command that was asked to end is left alone to do so in good order."""
START_SECONDS = 0.5
"""The same for one that awaits nothing yet, and so has little to put in order."""
REPEAT_SECONDS = 0.25
_WAIT_SECONDS = 0.02
_NATIVE_IMPORT = (ExtensionFileLoader.create_module.__code__, ExtensionFileLoader.exec_module.__code__)


class _InterruptHandler:
    """What an interrupt ends: the command of this process, from its first line to its last."""

    def __init__(self) -> None:
        self.was_asked = False
        self._task: asyncio.Task[Any] | None = None
        self._cancel_run: Callable[[], None] | None = None
        self._loop_responds = True

    def interrupt(self, _number: int, frame: FrameType | None) -> None:
        """A signal handler: of the first signal, of further ones, and of the clock that repeats them."""
        if sys.platform != "win32":
            if _imports_native(frame):
                signal.setitimer(signal.ITIMER_REAL, _WAIT_SECONDS, REPEAT_SECONDS)
                return
            if not self.was_asked:
                alone = START_SECONDS if self._task is None else CLEAN_UP_SECONDS
                signal.setitimer(signal.ITIMER_REAL, alone, REPEAT_SECONDS)
        self.was_asked = True
        task = self._task
        if task is None or not self._loop_responds:
            raise KeyboardInterrupt  # nothing awaits, or the loop did not come round since the last time
        self._loop_responds = False
        task.get_loop().call_soon_threadsafe(self._pass_on)

    def _pass_on(self) -> None:
        self._loop_responds = True
        cancel_run, self._cancel_run = self._cancel_run, None
        if cancel_run is not None:
            cancel_run()
        elif self._task is not None:
            self._task.cancel()

    async def await_interruptibly(self, work: Coroutine[Any, Any, T]) -> T:
        """Await `work`; an interrupt cancels it."""
        import asyncio

        self._task = asyncio.current_task()
        try:
            if self.was_asked:  # and the KeyboardInterrupt was lost
                raise asyncio.CancelledError
            return await work
        finally:
            self._task, self._loop_responds = None, True

    @contextmanager
    def cancelling(self, cancel: Callable[[], None]) -> Iterator[None]:
        """While open, the first interrupt calls `cancel` on the loop and cancels nothing yet."""
        self._cancel_run = cancel
        try:
            yield
        finally:
            self._cancel_run = None


def _imports_native(frame: FrameType | None) -> bool:
    """True while a module of another language is being loaded below this frame or in it."""
    while frame is not None:
        if frame.f_code in _NATIVE_IMPORT:
            return True
        frame = frame.f_back
    return False


_handler = _InterruptHandler()


@contextmanager
def interruptible() -> Iterator[None]:
    """One command, from its first line to its last. An interrupt is a KeyboardInterrupt here."""
    global _handler
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _handler = handler = _InterruptHandler()
    watched = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    if hasattr(signal, "SIGALRM"):
        watched.append(signal.SIGALRM)
    before = {number: signal.signal(number, handler.interrupt) for number in watched}
    tell, sys.unraisablehook = sys.unraisablehook, _tell_nothing_of_interrupts(sys.unraisablehook)
    try:
        yield
    finally:
        stop_repeating()
        sys.unraisablehook = tell
        for number, previous in before.items():
            signal.signal(number, previous)


def _tell_nothing_of_interrupts(tell: Unraisable) -> Unraisable:
    """An interrupt that a destructor kept to itself comes again, and leaves things half made that can't be
    destroyed in good order: neither traceback is of use to anybody.
    """

    def hook(lost: sys.UnraisableHookArgs) -> None:
        if not issubclass(lost.exc_type, KeyboardInterrupt) and not was_asked():
            tell(lost)

    return hook


def was_asked() -> bool:
    """True once the command of this process was asked to end."""
    return _handler.was_asked


def stop_repeating() -> None:
    """The command ended by an interrupt: what it still prints is not interrupted again."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def run(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` for a command. Raises KeyboardInterrupt where it was interrupted."""
    import asyncio  # commands that need no loop start without it

    handler = _handler
    awaited = handler.await_interruptibly(work)
    try:
        return asyncio.run(awaited)
    except asyncio.CancelledError:
        if not handler.was_asked:
            raise
        raise KeyboardInterrupt from None
    finally:
        awaited.close()
        work.close()  # where an interrupt came before it could begin


def cancelling(cancel: Callable[[], None]) -> AbstractContextManager[None]:
    """While open, the first interrupt asks for an end by `cancel`; further ones cancel what awaits."""
    return _handler.cancelling(cancel)
