"""From a profile to what serves it. What a provider needs is imported when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from companion.clouds.endpoint import ProfileEndpoint
from companion.clouds.kinds import Provider
from companion.clouds.profile import CloudProfile
from companion.clouds.roots import anchors
from companion.clouds.service import CloudService, NoService
from companion.clouds.setup import CloudSetup, SetupOrder

if TYPE_CHECKING:
    from companion.identity import Identity, Vault


def _aws(profile: CloudProfile, vault: Vault) -> CloudService:
    from companion.clouds.aws.service import AwsService

    return AwsService.open(profile)


def _azure(profile: CloudProfile, vault: Vault) -> CloudService:
    from companion.clouds.azure.service import AzureService

    return AzureService(profile)


def _company(profile: CloudProfile, vault: Vault) -> CloudService:
    from companion.clouds.company.service import CompanyService

    return CompanyService.open(profile, vault)


_SERVICES: Mapping[Provider, Callable[[CloudProfile, Vault], CloudService]] = {
    Provider.AWS: _aws,
    Provider.AZURE: _azure,
    Provider.COMPANY: _company,
    Provider.OWN: lambda profile, vault: NoService(),
}


def open_service(profile: CloudProfile, vault: Vault) -> CloudService:
    """Who does what the profile is for. Asks nobody yet.

    vault: where a login is kept, for what has one here. Raises CloudError leaves.
    """
    return _SERVICES[profile.declared.provider](profile, vault)


def _aws_setup(profile: CloudProfile, order: SetupOrder) -> CloudSetup:
    from companion.clouds.aws.service import AwsService
    from companion.clouds.aws.setup import AwsSetup

    return AwsSetup(profile, order, cache(lambda: AwsService.open(profile)))


def _azure_setup(profile: CloudProfile, order: SetupOrder) -> CloudSetup:
    from companion.clouds.azure.provisioning import ProvisioningService
    from companion.clouds.azure.setup import AzureSetup

    return AzureSetup(profile, order, cache(lambda: ProvisioningService(profile.service)))


_SETUPS: Mapping[Provider, Callable[[CloudProfile, SetupOrder], CloudSetup]] = {
    Provider.AWS: _aws_setup,
    Provider.AZURE: _azure_setup,
}


def open_setup(profile: CloudProfile, order: SetupOrder) -> CloudSetup | None:
    """What has to be done once; None where Companion knows of nothing. Asks nobody yet.

    Raises CloudProfileInvalid.
    """
    make = _SETUPS.get(profile.declared.provider)
    return make(profile, order) if make is not None else None


def delegate_endpoint(profile: CloudProfile, owner: tuple[bytes, ...]) -> ProfileEndpoint:
    """The endpoint for runs under a grant with this profile. Nobody is asked there, now or in a run.

    owner: whom the owner's devices believe elsewhere (DER). Raises CloudPieceMissing.
    """
    from companion.clouds.azure.service import AzureService

    knows_scope = profile.declared.provider is Provider.AZURE
    service: CloudService = AzureService(profile) if knows_scope else NoService()
    return ProfileEndpoint(profile, service, anchors(profile, owner))


def open_endpoint(profile: CloudProfile, identity: Identity) -> ProfileEndpoint:
    """The endpoint for runs of this owner. Raises CloudError leaves."""
    service = open_service(profile, identity.vault)
    return ProfileEndpoint(profile, service, anchors(profile, identity.ca.anchors))
