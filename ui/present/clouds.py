"""What devices are given to connect to, in words: this computer, each profile, and what has none yet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from companion.clouds.kinds import Provider
from companion.clouds.profile import CloudProfile
from companion.plain_text import filled
from ui.engine.clouds import CloudFailed, CloudsListed
from ui.pages.clouds.card import CloudRow
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import Tone

ICONS: Mapping[Provider, str] = {
    Provider.OWN: "network",
    Provider.AWS: "transfer",
    Provider.AZURE: "transfer",
}


def rows(told: CloudsListed) -> tuple[CloudRow, ...]:
    """This computer first, then the profiles, then each provider of which there is none."""
    here = CloudRow(
        "",
        "laptop",
        _("This computer"),
        _("Companion's own endpoint. It sees each device that connects."),
        _("Proof: The device was seen here with its certificate."),
        is_used=not told.used,
    )
    missing = [each for each in Provider if each not in {kind.declared.provider for kind in told.profiles}]
    there = tuple(_row(each, is_used=each.name == told.used) for each in told.profiles)
    return (here, *there, *map(_absent, missing))


def failed(told: CloudFailed) -> NoticeView:
    """Why nothing came of it."""
    return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), icon="warning")


def _row(profile: CloudProfile, *, is_used: bool) -> CloudRow:
    declared = profile.declared
    title = filled(_("{name}: {kind}"), {"name": profile.name, "kind": translated(declared.title)})
    proof = filled(_("Proof: {proof}."), {"proof": translated(declared.proof)})
    return CloudRow(
        profile.name, ICONS[declared.provider], title, translated(declared.summary), proof, is_used
    )


def _absent(provider: Provider) -> CloudRow:
    names = {
        Provider.OWN: _("Your own broker"),
        Provider.AWS: _("AWS IoT Core"),
        Provider.AZURE: _("Azure IoT"),
    }
    return CloudRow(
        f"no {provider}",
        ICONS[provider],
        names[provider],
        _("No profile yet: make one with `companion cloud new`, or import one."),
        "",
        is_there=False,
    )


def _(words: str) -> str:
    return QCoreApplication.translate("clouds", words)
