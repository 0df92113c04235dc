"""From a profile to what serves it. What a provider needs is imported when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from companion.clouds.endpoint import ProfileEndpoint
from companion.clouds.kinds import Provider
from companion.clouds.profile import CloudProfile
from companion.clouds.roots import anchors
from companion.clouds.service import CloudService, NoService

if TYPE_CHECKING:
    from companion.identity import Identity


def _aws(profile: CloudProfile) -> CloudService:
    from companion.clouds.aws.service import AwsService

    return AwsService.open(profile)


def _azure(profile: CloudProfile) -> CloudService:
    from companion.clouds.azure.service import AzureService

    return AzureService(profile)


_SERVICES: Mapping[Provider, Callable[[CloudProfile], CloudService]] = {
    Provider.AWS: _aws,
    Provider.AZURE: _azure,
    Provider.OWN: lambda profile: NoService(),
}


def open_service(profile: CloudProfile) -> CloudService:
    """Who does what the profile is for. Asks nobody yet. Raises CloudError leaves."""
    return _SERVICES[profile.declared.provider](profile)


def open_endpoint(profile: CloudProfile, identity: Identity) -> ProfileEndpoint:
    """The endpoint for runs of this owner. Raises CloudError leaves."""
    return ProfileEndpoint(profile, open_service(profile), anchors(profile, identity.ca.anchors))
