"""What devices are given to connect to, in words: this computer, each profile, and what has none yet; what
the fields of a new profile are called, and what a check found.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from companion.clouds.checks import first_missing
from companion.clouds.kinds import KINDS, CloudKind, KindDeclaration, Provider
from companion.clouds.profile import CloudProfile
from companion.plain_text import filled
from ui.engine.clouds import CloudChecked, CloudFailed, CloudLoginKept, CloudsListed
from ui.pages.clouds.card import CloudRow
from ui.pages.clouds.profile_form import FieldWords, KindChoice
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import Tone

ICONS: Mapping[Provider, str] = {
    Provider.OWN: "network",
    Provider.AWS: "transfer",
    Provider.AZURE: "transfer",
    Provider.COMPANY: "certificate",
}
FIRST: Mapping[Provider, CloudKind] = {
    Provider.OWN: CloudKind.MQTT,
    Provider.AWS: CloudKind.AWS_REGISTRAR,
    Provider.AZURE: CloudKind.AZURE_X509,
    Provider.COMPANY: CloudKind.EST,
}
"""Where a provider has several kinds, the one that is offered first."""


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


def checking(name: str) -> NoticeView:
    """Somebody is asked."""
    return NoticeView(Tone.INFO, filled(_("Checking {name}"), {"name": name}), "", icon="clock")


def checked(told: CloudChecked) -> NoticeView:
    """What is missing there, the first of it."""
    missing = first_missing(told.checks)
    if missing is not None:
        title = filled(_("{name}: something is missing"), {"name": told.profile})
        found = filled(
            _("{claim}: {reason}"), {"claim": translated(missing.claim), "reason": translated(missing.reason)}
        )
        return NoticeView(Tone.DANGER, title, found, icon="warning")
    said = [
        filled(_("{claim}: {reason}"), {"claim": translated(each.claim), "reason": translated(each.reason)})
        for each in told.checks
    ]
    title = filled(_("{name}: nothing missing was found"), {"name": told.profile})
    return NoticeView(Tone.GOOD, title, " · ".join(said), icon="check")


def login_kept(told: CloudLoginKept) -> NoticeView:
    """It is tried with the next device."""
    title = filled(_("The login for {name} is in your key store"), {"name": told.profile})
    return NoticeView(Tone.GOOD, title, _("It is tried with the next device."), icon="check")


def kinds() -> tuple[KindChoice, ...]:
    """Of which kinds a profile can be made, and what belongs to each."""
    return tuple(
        KindChoice(str(each.kind), translated(each.title), _fields(each), each.needs_roots)
        for each in KINDS.values()
    )


def _fields(kind: KindDeclaration) -> tuple[FieldWords, ...]:
    words = {
        "name": (_("Name of the profile"), "hall"),
        "endpoint": (_("Where devices connect"), "broker.example:8883"),
        "policy": (_("Policy at AWS"), "sensors"),
        "template": (_("Provisioning template at AWS"), "companion"),
        "id_scope": (_("Id scope at Azure"), "0ne00123ABC"),
        "group": (_("Enrollment group at Azure"), "plant"),
        "service": (_("Host of Azure's provisioning service"), "plant.azure-devices-provisioning.net"),
        "est": (_("Address of the certificate server"), "https://ca.example/devices"),
    }
    keys = ["name", *([] if kind.endpoint else ["endpoint"]), *(key for key in words if key in kind.required)]
    return tuple(FieldWords(key, *words[key]) for key in keys)


def _row(profile: CloudProfile, *, is_used: bool) -> CloudRow:
    declared = profile.declared
    title = filled(_("{name}: {kind}"), {"name": profile.name, "kind": translated(declared.title)})
    proof = filled(_("Proof: {proof}."), {"proof": translated(declared.proof)})
    return CloudRow(
        profile.name,
        ICONS[declared.provider],
        title,
        translated(declared.summary),
        proof,
        is_used,
        can_check=declared.provider is not Provider.OWN,
        has_login=bool(profile.est),
    )


def _absent(provider: Provider) -> CloudRow:
    names = {
        Provider.OWN: _("Your own broker"),
        Provider.AWS: _("AWS IoT Core"),
        Provider.AZURE: _("Azure IoT"),
        Provider.COMPANY: _("Certificates from your company's CA"),
    }
    return CloudRow(
        f"no {provider}",
        ICONS[provider],
        names[provider],
        _("No profile yet."),
        "",
        is_there=False,
        kind=str(FIRST[provider]),
    )


def _(words: str) -> str:
    return QCoreApplication.translate("clouds", words)
