"""What is asked before an ownership operation, and the transfer token that one makes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from companion.errors import ChangePending
from companion.questions import ChooseNetwork
from ui.engine.ownership_messages import TokenMade, TokenSaved
from ui.flow.ownership import OwnershipFlow
from ui.pages.network.page import NetworkView
from ui.pages.ownership.views import HeldView, TokenView, TransferView
from ui.pages.run.problem import ProblemView
from ui.pages.views import FindingView, NoticeView
from ui.present import network, times
from ui.present.ownership.held_page import held
from ui.present.run.problem import problem as run_problem
from ui.present.texts import title_of
from ui.widgets import Level, Tone


def reset(flow: OwnershipFlow) -> HeldView:
    """The page that asks before a device is set free."""
    owned = flow.owned
    return held(
        owned,
        _("Reset {name}?").format(name=owned.name),
        _("It then has no owner. This can't be undone."),
        FindingView(
            Level.WEAK,
            _("It erases its owner, network and certificate"),
            _("It leaves its network at once and no longer connects to its endpoint."),
            icon="trash",
        ),
        FindingView(
            Level.REMARK,
            _("Only someone with the label can claim it"),
            _("Keep its label: you need it to set up the device again."),
            icon="key",
        ),
        FindingView(
            Level.PLAIN,
            _("It must be in range"),
            _("It stays in your list as reset, with its history and receipts."),
            icon="bluetooth",
        ),
    )


def revoke(flow: OwnershipFlow) -> HeldView:
    """The page that asks before a device's certificates are revoked."""
    owned = flow.owned
    return held(
        owned,
        _("Revoke {name}?").format(name=owned.name),
        _("Services then reject its certificates. The device need not be in range."),
        FindingView(
            Level.WEAK,
            _("It can't authenticate anywhere"),
            _("Companion rejects it immediately, a broker with its next revocation list."),
            icon="ban",
        ),
        FindingView(
            Level.REMARK,
            _("It stays in your network"),
            _("It knows the Wi-Fi password. Change it if the device was stolen."),
            icon="wifi",
        ),
        FindingView(
            Level.PLAIN,
            _("You still own it"),
            _("If you get it back, rotate its certificate to use it again."),
            icon="key",
        ),
    )


def transfer(flow: OwnershipFlow) -> TransferView:
    """The page that asks how a device shall be given away."""
    owned = flow.owned
    return TransferView(
        title=_("Who should own {name}?").format(name=owned.name),
        lead=_("You get a transfer token for its next owner. The device need not be in range."),
        name=owned.name,
        place=owned.room,
        art=owned.kind,
        terms=flow.terms,
        busy=flow.running,
    )


def token(flow: OwnershipFlow, made: TokenMade) -> TokenView:
    """The token, as the page shows it."""
    until = times.date(made.until)
    who = (
        FindingView(
            Level.REMARK,
            _("Anyone who has it can take over the device"),
            _("Keep it as secret as a key. A photo of it is enough to use it."),
            icon="key",
        )
        if made.bearer
        else FindingView(
            Level.GOOD,
            _("Only the owner of that key can use it"),
            _("No one else can use it."),
            icon="key",
        )
    )
    stays = flow.terms.keep_data
    return TokenView(
        title=_("The token for {name}").format(name=flow.owned.name),
        lead=_("Its new owner scans it in Companion, near the device. Companion keeps no copy."),
        modules=made.modules,
        spoken=_("QR code of the transfer token"),
        findings=(
            FindingView(
                Level.GOOD,
                _("Valid once, until {date}").format(date=until),
                _("After use or after that date, it is no longer valid."),
                icon="transfer",
            ),
            who,
            FindingView(
                Level.REMARK if stays else Level.PLAIN,
                _("Network and certificate stay on it") if stays else _("Its credentials are erased"),
                _("Its new owner gets access to your network.")
                if stays
                else _("This erases your network and its certificate."),
                icon="wifi",
            ),
        ),
        file_name=f"{_file_name(flow.owned.name)}-token",
        notice=_saved(flow),
    )


def reprovision(flow: OwnershipFlow) -> NetworkView:
    """The page for a new network, name or room."""
    given = flow.wanted
    asked = ChooseNetwork(
        previous=given, suggested_name=flow.owned.name, remembered=flow.networks, needs_wifi=True
    )
    view = network.network(asked, flow)
    return replace(
        view,
        title=_("What do you want to change on {name}?").format(name=flow.owned.name),
        lead=_("It is sent only once the device has proved its key. It gets a new certificate as well."),
        problem=title_of(flow.doubt) if flow.doubt is not None else "",
        keep=_keep(flow.owned.network) if flow.doubt is None else None,
        keeps=given.wifi is None,
        go_on=_("Change it"),
        note="",
    )


def problem(flow: OwnershipFlow) -> ProblemView:
    """The problem page: without another code, and with what puts the task right."""
    view = replace(run_problem(flow), other_code=False)
    if flow.must_query:
        finishes = isinstance(flow.error, ChangePending)
        return replace(
            view, primary=_("Complete it now") if finishes else _("Query now"), primary_icon="search"
        )
    if flow.must_choose_file:
        return replace(view, primary=_("Choose another file"), primary_icon="file")
    if flow.can_forget:
        return replace(view, forget=_("Remove it only here"))
    return view


def _keep(network: str) -> str:
    return _("Keep {network}").format(network=network) if network else _("Keep its network")


def _saved(flow: OwnershipFlow) -> NoticeView | None:
    if flow.saved is None:
        return None
    if isinstance(flow.saved, TokenSaved):
        name = flow.saved.path.name
        sentence = _("Only you can read the file. Delete it after the transfer.")
        return NoticeView(Tone.GOOD, _("Saved as {file}").format(file=name), sentence)
    sentence = _("{reason}. Choose another place.").format(reason=flow.saved.reason)
    return NoticeView(Tone.DANGER, _("It could not be saved"), sentence)


def _file_name(name: str) -> str:
    """A device's name as the start of a file's."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).split()) or "device"


def _(words: str) -> str:
    return QCoreApplication.translate("ownership", words)
