"""Options that several commands share, and how they become values. Secrets never come from argv."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from companion.errors import Cancelled, CredentialsUnusable, KeyStoreUnavailable
from companion.files import MAX_SMALL_FILE, read_named
from companion.model import WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.networks.company.document import login_in
from companion.networks.thread import read_text
from companion.plain_text import plain
from companion.questions import SameSerial
from companion.radio import all_virtual, as_virtual, split_specs
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.clouds.profile import CloudProfile
    from companion.identity.hardware.keys import PinRequest


class Place(TypedDict):
    """Keywords of `Services`."""

    data_dir: Path | None
    registry: str | None
    operator: str | None
    on_waiting: Callable[[int], None]


RADIO_HELP = (
    "os (this computer's adapter; os:hci1, or os: and its address, for one of several), virtual (virtual "
    "devices in this process) or bumble:TRANSPORT (any HCI controller, such as bumble:usb:0). "
    "Repeat to use several radios: each device "
    "is reached through the one with the strongest signal. Environment: COMPANION_RADIO"
)
VIRTUAL_HELP = (
    "bumble: radios are ports of a virtual air (`companion virtual air`), not real controllers; "
    "same as virtual+bumble:TRANSPORT. Virtual devices use separate records and keys"
)


def add_radio(parser: argparse.ArgumentParser) -> None:
    """`--radio SPEC`, repeatable, and `--virtual`."""
    parser.add_argument("--radio", action="append", metavar="SPEC", help=RADIO_HELP)
    parser.add_argument("--virtual", action="store_true", help=VIRTUAL_HELP)


def radios(arguments: argparse.Namespace) -> list[str]:
    """The radios asked for: `--radio`, else COMPANION_RADIO (separated by commas), else this computer's.

    With `--virtual` each says that it is one. Raises RadioSpecError for one that can't be.
    """
    from companion.services import DEFAULT_RADIO

    given: list[str] = arguments.radio or split_specs(os.environ.get("COMPANION_RADIO", DEFAULT_RADIO))
    return [as_virtual(text) for text in given] if arguments.virtual else given


def place(arguments: argparse.Namespace) -> Place:
    """Where records are, for `Services`: the data folder, its registry and who works here."""
    return {
        "data_dir": arguments.data_dir,
        "registry": arguments.registry,
        "operator": arguments.operator,
        "on_waiting": _say_waiting,
    }


def _say_waiting(runs: int) -> None:
    """Said at any verbosity; on standard output, JSON stays one document."""
    from companion.commands.terminal import numbers, streams

    waiting = numbers.counted(runs, "run waits", "runs wait")
    streams.print_error(f"! {waiting} on this computer for the registry's server.")


def is_virtual(arguments: argparse.Namespace) -> bool:
    """True if the radios asked for are virtual ones. Raises RadioSpecError for some that are and some not."""
    return all_virtual(radios(arguments))


def seconds(text: str) -> float:
    """A time to wait, for argparse: more than nothing and at most a day. Raises ValueError."""
    wanted = float(text)
    if not 0 < wanted <= 86_400:
        raise ValueError(text)
    return wanted


def address(text: str) -> str:
    """host:port of an endpoint, for argparse. Raises ArgumentTypeError."""
    from companion.endpoint import ExternalEndpoint

    try:
        return ExternalEndpoint(text).address
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_cloud(parser: argparse._ActionsContainer) -> None:
    """`--cloud NAME`."""
    parser.add_argument(
        "--cloud",
        metavar="NAME",
        help="connect devices to a cloud or broker by this profile, see `companion cloud`",
    )


def cloud(arguments: argparse.Namespace) -> CloudProfile | None:
    """The profile of `--cloud`. Raises CloudProfileMissing, CloudProfileInvalid, and StorageError leaves."""
    if not arguments.cloud:
        return None
    from companion.clouds.store import ProfileStore
    from companion.files import data_path

    folder = data_path(arguments.data_dir, virtual=is_virtual(arguments))
    return ProfileStore(folder).find(arguments.cloud)


def port(text: str) -> int:
    """A TCP port, 0 for any that is free, for argparse. Raises ValueError."""
    number = int(text)
    if not 0 <= number <= 65_535:
        raise ValueError(text)
    return number


def add_json(parser: argparse.ArgumentParser, *, lines: bool = False) -> None:
    """`--json`, and `--json-lines` where a command reports events."""
    parser.add_argument("--json", action="store_true", help="print a single JSON document")
    if lines:
        parser.add_argument("--json-lines", action="store_true", help="print events as JSON, one per line")


def add_list_options(parser: argparse._ActionsContainer, what: str) -> None:
    """`--limit` and `--search` of a list of `what`."""
    parser.add_argument("--limit", type=positive, metavar="N", help=f"list: at most N {what}")
    parser.add_argument(
        "--search",
        default="",
        metavar="WORDS",
        help=f"list: only {what} with each of these words in a name, room, serial number, protocol or id",
    )


def positive(text: str) -> int:
    """A number from 1 on. Raises argparse.ArgumentTypeError."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def add_same_serial(parser: argparse._ActionsContainer) -> None:
    """`--same-serial`: what to do where another device is known under the device's serial number."""
    parser.add_argument(
        "--same-serial",
        type=SameSerial,
        choices=tuple(SameSerial),
        help="if another device has this serial number: replacement revokes its certificates, other keeps "
        "both",
    )


def site(text: str) -> str:
    """The name of a site, for argparse: one label of small letters, digits and hyphens. Raises ValueError."""
    from companion.identity.names import is_site

    if text and not is_site(text):
        raise ValueError(text)
    return text


def add_site(parser: argparse._ActionsContainer, *, action: str = "") -> None:
    """`--site NAME`. action: "reprovision: " where only that action takes it."""
    parser.add_argument(
        "--site",
        type=site,
        default="",
        metavar="NAME",
        help=f"{action}site of the device, as named in grants (a-z, 0-9, -)",
    )


def add_fabric(parser: argparse._ActionsContainer, purpose: str) -> None:
    """`--fabric NAME`."""
    parser.add_argument("--fabric", default="", metavar="FABRIC", help=purpose)


def check_fabric(arguments: argparse.Namespace) -> str | None:
    """What is wrong with `--fabric` beside `--grant`; None for nothing."""
    if arguments.fabric and arguments.grant:
        return "--fabric is for your own fabrics: under a grant, devices join its owner's"
    return None


def add_wifi_file(parser: argparse.ArgumentParser) -> None:
    """`--wifi-file`."""
    parser.add_argument(
        "--wifi-file",
        type=Path,
        metavar="F",
        help="Wi-Fi network: JSON with ssid and passphrase, a WIFI: code, or a file of `companion network`",
    )


def wifi(arguments: argparse.Namespace) -> WifiCredentials | None:
    """The network of `--wifi-file`, else of COMPANION_WIFI_FILE, else None. Raises as `wifi_from_file`."""
    file = arguments.wifi_file or os.environ.get("COMPANION_WIFI_FILE")
    return wifi_from_file(Path(file)) if file else None


def wifi_from_file(path: Path) -> WifiCredentials:
    """Wi-Fi details from a JSON file {"ssid", "passphrase", "security", "hidden"}, one of `companion
    network make`, or one `WIFI:` code.

    Raises FileMissing, FileUnreadable, and CredentialsUnusable, whose detail names what is wrong and never
    the content.
    """
    from companion.protocols import recognise

    try:
        text = read_named(MAX_SMALL_FILE, path).decode().strip()
    except UnicodeDecodeError as error:
        raise CredentialsUnusable(f"{path.name}: {type(error).__name__}") from error
    if text.upper().startswith("WIFI:"):
        payload = recognise(text).payload
        if isinstance(payload, WifiCredentials):
            return payload
        raise CredentialsUnusable(f"{path.name}: not a network with one password or none")
    try:
        entry = json.loads(text)
        ssid, passphrase = str(entry["ssid"]), entry.get("passphrase")
        security = entry.get("security", "wpa2" if passphrase else "open")
        network = WifiCredentials(
            ssid=ssid.encode(),
            passphrase=Secret(str(passphrase)) if passphrase else None,
            security=WifiSecurity(str(security).lower()),
            hidden=bool(entry.get("hidden", False)),
            login=login_in(entry),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CredentialsUnusable(f"{path.name}: {type(error).__name__}") from None
    wifi_rules.check(network)
    return network


def thread_from_file(path: Path) -> Secret:
    """A Thread operational dataset with which devices can join, as hexadecimal digits.

    Raises FileMissing, FileUnreadable, and ThreadDatasetUnusable, whose words never hold the content.
    """
    dataset = read_text(read_named(MAX_SMALL_FILE, path).decode(errors="replace"))
    dataset.check_joinable()
    return dataset.secret


def add_passphrase_file(parser: argparse.ArgumentParser, *, action: str = "") -> None:
    """`--passphrase-file`, `--pin-file`. action: "proof: " where only that action reads them."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="F",
        help=f"{action}file with the passphrase of Companion's key file",
    )
    parser.add_argument(
        "--pin-file",
        type=Path,
        metavar="F",
        help=f"{action}file with the PIN of the hardware token that holds your owner key",
    )


def passphrase_in(file: Path) -> Secret:
    """The passphrase in a file, without the end of its line.

    Raises FileMissing, FileUnreadable, and KeyStoreUnavailable, whose detail never holds the content.
    """
    try:
        return Secret(read_named(MAX_SMALL_FILE, file).decode().rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise KeyStoreUnavailable(f"{file.name}: {type(error).__name__}") from None


def ask_hidden(question: str) -> Secret:
    """A secret that is typed and not shown. Raises Cancelled where Ctrl-C ends it."""
    import getpass

    try:
        return Secret(getpass.getpass(question))
    except KeyboardInterrupt:
        raise Cancelled from None


def passphrase_source(arguments: argparse.Namespace) -> Callable[[bool], Secret] | None:
    """Where the key file's passphrase comes from: `--passphrase-file`, or a prompt on a terminal.

    Raises as `passphrase_in`.
    """
    import sys

    file: Path | None = getattr(arguments, "passphrase_file", None)
    if file is not None:
        content = passphrase_in(file)
        return lambda new: content
    if not sys.stdin.isatty():
        return None

    def prompt(new: bool) -> Secret:
        if not new:
            return ask_hidden("Passphrase of Companion's keys: ")
        while True:
            chosen = ask_hidden("New passphrase for Companion's keys: ")
            if ask_hidden("The same passphrase again: ") == chosen:
                return chosen
            print("The passphrases differ. Enter the same one twice.", file=sys.stderr)

    return prompt


def pin_source(arguments: argparse.Namespace) -> Callable[[PinRequest], Secret] | None:
    """Where the PIN of a hardware token comes from: `--pin-file`, or a prompt on a terminal.

    A PIN from a file is sent once: the same one again would only use up the token's tries.
    """
    import sys

    from companion.errors import HsmPinWrong

    file: Path | None = getattr(arguments, "pin_file", None)

    def read(request: PinRequest) -> Secret:
        assert file is not None
        if request.was_wrong:
            raise HsmPinWrong(token=request.token)
        return passphrase_in(file)

    def prompt(request: PinRequest) -> Secret:
        if request.was_wrong:
            print("Wrong PIN. Companion sends one more, then stops before the token locks.", file=sys.stderr)
        return ask_hidden(f"PIN of the hardware token {plain(request.token)}: ")

    if file is not None:
        return read
    return prompt if sys.stdin.isatty() else None
