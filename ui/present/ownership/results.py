"""How an ownership operation went, for the device's page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.administration import Administered, SharingEnd
from companion.claims import delivery
from companion.model import Step
from companion.outcome import Outcome
from ui.engine.ownership_messages import DeviceRevoked, ListRenewed, TokensCancelled
from ui.flow.ownership import FOLLOW_SECONDS, OwnershipFlow
from ui.flow.tasks import Task
from ui.pages.views import NoticeView
from ui.present import times
from ui.present.administration.status import sentence
from ui.present.ownership.words import task
from ui.present.texts import title_of, translated
from ui.widgets import Tone


def notice(flow: OwnershipFlow) -> NoticeView | None:
    """How an operation that is over went, for the device's page; None where nothing was done."""
    if flow.task is Task.FOLLOW and flow.error is None:
        return NoticeView(Tone.INFO, _("No longer followed"), _("This was its last status."), icon="activity")
    if flow.cancelled is not None:
        return NoticeView(Tone.WARNING, _("Cancelled"), translated(delivery(flow.cancelled.known)))
    if flow.token is not None:
        sentence = _("It can be used once, until {date}. You own the device until then.")
        title = _("A transfer token is active")
        return NoticeView(
            Tone.INFO, title, sentence.format(date=times.date(flow.token.until)), icon="transfer"
        )
    if flow.done is not None:
        return _notice_of(flow.done)
    if flow.outcome is None:
        return None
    if flow.task is Task.RENAME:
        return _renamed(flow)
    if flow.outcome.error is not None and flow.outcome.commissioned is not None:
        reason = flow.outcome.commissioned.unconfirmed_reason
        return NoticeView(
            Tone.WARNING, _("Probably reset"), translated(reason) if reason else "", icon="search"
        )
    return {
        Task.ROTATE: NoticeView(Tone.GOOD, _("New certificate in use"), translated(delivery(flow.known))),
        Task.REPROVISION: NoticeView(Tone.GOOD, _("Changed"), translated(delivery(flow.known))),
        Task.RESET: _reset(flow),
        Task.QUERY: NoticeView(Tone.GOOD, _("Status checked"), _answer(flow)),
        **_over_the_network(flow.outcome),
        **({Task.REMOVE: _removed_untold()} if flow.offline else {}),
        Task.ACCEPT: NoticeView(
            Tone.GOOD, _("You now own it"), _("Give it a network and a certificate with “Change”.")
        ),
    }.get(task(flow))


def _reset(flow: OwnershipFlow) -> NoticeView:
    """A delegate's reset leaves the owner where a lock is set."""
    if flow.known.keeps_owner:
        return NoticeView(Tone.GOOD, _("Reset"), translated(delivery(flow.known)))
    return NoticeView(Tone.GOOD, _("It has no owner now"), _("To set it up again, scan its code."))


def _notice_of(event: TokensCancelled | DeviceRevoked | ListRenewed) -> NoticeView:
    """What was done without the device."""
    if isinstance(event, TokensCancelled):
        sentence = _("The device accepts it until notified. Query it now, while in range.")
        return NoticeView(Tone.WARNING, _("The transfer is being cancelled"), sentence, icon="transfer")
    if isinstance(event, ListRenewed):
        sentence = _("Install {file} on your broker.").format(file=event.file.name)
        return NoticeView(Tone.GOOD, _("The list was renewed"), sentence)
    if event.listed is not None:
        sentence = _("Companion now rejects it. Install {file} on your broker.").format(
            file=event.listed.name
        )
    else:
        sentence = _("Companion now rejects it. For an external broker: companion trust crl FILE")
    return NoticeView(Tone.GOOD, _("Its certificates are revoked"), sentence, icon="ban")


def _over_the_network(outcome: Outcome) -> dict[Task, NoticeView | None]:
    """What was done over the network."""
    known = outcome.administered or Administered()
    told = sentence(known.status) if known.status is not None else ""
    switched = known.status.is_on if known.status is not None else None
    on = NoticeView(Tone.GOOD, _("It is on") if switched else _("It is off"), "", icon="light")
    return {
        Task.STATUS: NoticeView(Tone.GOOD, _("Status checked"), told),
        Task.SWITCH: on,
        Task.SHARE: NoticeView(
            Tone.GOOD,
            _("Sharing stopped"),
            _("The code no longer works. Apps that already joined keep access."),
        )
        if known.sharing_end is SharingEnd.CLOSED
        else _still_open(known),
        Task.IDENTIFY: NoticeView(Tone.GOOD, _("It blinks or beeps now"), "", icon="eye"),
        Task.RECERTIFY: NoticeView(
            Tone.GOOD, _("New certificate in use"), _("The device answered with its new certificate.")
        ),
        Task.REMOVE: NoticeView(Tone.GOOD, _("Removed from here"), _after_removal(known)),
    }


def _after_removal(known: Administered) -> str:
    """How it can be set up again."""
    if known.controllers is None:
        return _("To set it up again, scan its code. If that does not work, reset it.")
    others = known.controllers.entries
    if not others:
        return _("No app controls it now. It can be set up again with its code.")
    names = ", ".join(each.title for each in others)
    return _("{names} can still control it. To set it up here again, share it from there.").format(
        names=names
    )


def _still_open(known: Administered) -> NoticeView | None:
    """Its user left while others could join."""
    if known.sharing is None or known.sharing_end is not None:
        return None
    sentence = _("Its code works until {time}. To stop sharing sooner, share it again and stop there.")
    return NoticeView(
        Tone.INFO,
        _("Another app can still join"),
        sentence.format(time=f"{known.sharing.until.astimezone():%H:%M}"),
    )


def _renamed(flow: OwnershipFlow) -> NoticeView:
    """Here it was renamed before; whether the device knows it."""
    if flow.error is not None:
        sentence = _("{problem}. To update the device later, rename it again.").format(
            problem=title_of(flow.error)
        )
        return NoticeView(Tone.WARNING, _("Renamed here, not on the device"), sentence)
    sentence = _("The name is also on the device, where other apps can read it.")
    return NoticeView(Tone.GOOD, _("Renamed here and on the device"), sentence)


def _removed_untold() -> NoticeView:
    """The device could not be told."""
    sentence = _("The device still knows Companion. To set it up again, reset it as its manual says.")
    return NoticeView(Tone.WARNING, _("Removed only here"), sentence)


def asking(task: Task) -> NoticeView:
    """A device on the network is asked, which takes a moment."""
    if task is Task.FOLLOW:
        sentence = _("What changes is shown here, for {minutes} minutes. Other devices wait until then.")
        told = sentence.format(minutes=FOLLOW_SECONDS // 60)
        return NoticeView(Tone.INFO, _("Its status is followed"), told, icon="activity")
    return NoticeView(Tone.INFO, _("Contacting the device"), "", icon="network")


def not_now() -> NoticeView:
    """Why an operation can't begin."""
    sentence = _("A device is being set up. Finish that, or cancel it, then try again.")
    return NoticeView(Tone.WARNING, _("One at a time"), sentence)


def _answer(flow: OwnershipFlow) -> str:
    text = flow.steps[Step.CHECK].text
    return translated(text) if text is not None else ""


def _(words: str) -> str:
    return QCoreApplication.translate("ownership", words)
