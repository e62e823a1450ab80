"""How the rooms fit together: every service and listener, built once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.policy import Policy
from bot.domain.sheets import FileList
from bot.gateway.callbacks import read_callback
from bot.gateway.connection import Patience
from bot.gateway.doors import Doors
from bot.gateway.http_door import HttpDoor
from bot.ports import Clock, Store
from bot.services.addresses import CallbackAddresses
from bot.services.answering import Answering
from bot.services.approving import Approving
from bot.services.braking import Braking
from bot.services.composing import Composing
from bot.services.drafting import Drafting
from bot.services.editing import Editing
from bot.services.listing import Listing
from bot.services.listkeeping import ListKeeping
from bot.services.membership import Membership
from bot.services.offering import Offering
from bot.services.opting_out import OptingOut
from bot.services.receiving import Receiving
from bot.services.reconciling import Reconciling
from bot.services.replying import Replying
from bot.services.resolving import Resolving
from bot.services.sending import Sending
from bot.services.tracking import Tracking
from bot.services.trying import Trying
from bot.services.viewing import Viewing
from bot.settings import Settings
from handlers.blocks.trial_form import sign
from handlers.blocks.words import Words
from handlers.slack.answering import PrivateAnswers
from handlers.slack.buttons import Buttons
from handlers.slack.commands import Commands
from handlers.slack.composer import Composer
from handlers.slack.correspondence import Correspondence
from handlers.slack.directory import SlackDirectory
from handlers.slack.files import SlackFiles
from handlers.slack.kept import KeptTasks
from handlers.slack.listeners import Listeners
from handlers.slack.modals import Modals
from handlers.slack.offers import Offers
from handlers.slack.poster import Poster
from handlers.slack.settling import Settling
from handlers.slack.trials import Trials

if TYPE_CHECKING:
    from bot.gateway.soap_door import SoapDoor

CONNECT_SECONDS = 10.0
"""How long a connection to the platform may take to stand, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases, and what they share."""

    store: Store
    clock: Clock
    policy: Policy
    words: Words
    gateway: Doors
    membership: Membership
    drafting: Drafting
    editing: Editing
    composing: Composing
    offering: Offering
    listing: Listing
    answering: Answering
    trying: Trying
    opting_out: OptingOut
    listkeeping: ListKeeping
    approving: Approving
    sending: Sending
    braking: Braking
    tracking: Tracking
    reconciling: Reconciling
    receiving: Receiving
    replying: Replying
    resolving: Resolving
    viewing: Viewing


def build_doors(
    settings: Settings, *, steady: Callable[[], float]
) -> "tuple[HttpDoor, SoapDoor | None]":
    """Build the platform's doors, the SOAP one where its WSDL's address is set."""
    timeout = settings.gateway_timeout
    patience = Patience(connect=min(CONNECT_SECONDS, timeout), step=timeout, total=2 * timeout)
    login = settings.gateway_login.get_secret_value()
    password = settings.gateway_password.get_secret_value()
    http = HttpDoor(
        url=settings.gateway_url,
        login=login,
        password=password,
        timezone=settings.gateway_timezone,
        max_url_bytes=settings.gateway_max_url_bytes,
        patience=patience,
    )
    if settings.gateway_wsdl is None:
        return http, None
    from bot.gateway.contracts import Contracts  # noqa: PLC0415 - XML takes memory that HTTP alone doesn't need
    from bot.gateway.soap_door import SoapDoor  # noqa: PLC0415 - the same

    cache = settings.database.with_name(f"{settings.database.name}.wsdl.json")
    soap = SoapDoor(
        Contracts(settings.gateway_wsdl, cache=cache, patience=patience, steady=steady),
        login=login,
        password=password,
        account=http.account,
        timezone=settings.gateway_timezone,
        patience=patience,
    )
    return http, soap


def build_services(
    settings: Settings, *, store: Store, clock: Clock, client: AsyncWebClient
) -> Services:
    """Build the use cases on the platform's doors and Slack's directory."""
    policy, words = settings.policy, Words(settings.locale)
    http, soap = build_doors(settings, steady=clock.steady)
    gateway = Doors(http, soap, choice=settings.gateway_door)
    addresses = CallbackAddresses(settings.public_url)
    membership = Membership(SlackDirectory(client, clock), policy)
    drafting = Drafting(
        store=store, clock=clock, gateway=gateway, policy=policy, addresses=addresses
    )
    editing = Editing(store=store, clock=clock, gateway=gateway, policy=policy, drafting=drafting)
    return Services(
        store=store,
        clock=clock,
        policy=policy,
        words=words,
        gateway=gateway,
        membership=membership,
        drafting=drafting,
        editing=editing,
        composing=Composing(
            store=store, clock=clock, gateway=gateway, policy=policy, drafting=drafting
        ),
        offering=Offering(
            store=store, clock=clock, drafting=drafting, editing=editing, membership=membership
        ),
        answering=Answering(
            store=store, clock=clock, policy=policy, drafting=drafting, membership=membership
        ),
        trying=Trying(
            store=store, clock=clock, drafting=drafting, membership=membership, sign=sign(words)
        ),
        opting_out=OptingOut(store=store, clock=clock, membership=membership),
        listkeeping=ListKeeping(store=store, clock=clock),
        listing=Listing(store=store, clock=clock, source=SlackFiles(client), reader=_read_file),
        approving=Approving(store=store, clock=clock, policy=policy, membership=membership),
        sending=Sending(
            store=store, clock=clock, gateway=gateway, policy=policy, addresses=addresses
        ),
        braking=Braking(
            store=store, clock=clock, gateway=gateway, policy=policy, membership=membership
        ),
        tracking=Tracking(
            store=store, clock=clock, gateway=gateway, scope=settings.gateway_status_scope
        ),
        reconciling=Reconciling(store=store, clock=clock),
        receiving=Receiving(store=store),
        replying=Replying(
            store=store,
            clock=clock,
            reader=read_callback,
            zone=policy.zone,
            opt_out_words=policy.opt_out_words,
        ),
        resolving=Resolving(
            store=store, clock=clock, policy=policy, membership=membership, addresses=addresses
        ),
        viewing=Viewing(store=store, clock=clock, policy=policy, gateway=gateway),
    )


def _read_file(content: bytes) -> FileList:
    """Read a list; how is loaded when somebody first gives one: a bot holds on to what it loads."""
    from bot.lists import read_file  # noqa: PLC0415

    return read_file(content)


def build_poster(services: Services, *, client: AsyncWebClient) -> Poster:
    """Build what tells the news."""
    return Poster(
        client=client,
        store=services.store,
        viewing=services.viewing,
        clock=services.clock,
        words=services.words,
    )


def build_listeners(services: Services, *, client: AsyncWebClient, tasks: KeptTasks) -> Listeners:
    """Build what answers Slack."""
    answers = PrivateAnswers(client, services.words)
    composer = Composer(
        client=client,
        clock=services.clock,
        composing=services.composing,
        listing=services.listing,
        viewing=services.viewing,
        words=services.words,
    )
    return Listeners(
        composer=composer,
        commands=Commands(
            composer=composer,
            clock=services.clock,
            membership=services.membership,
            offering=services.offering,
            braking=services.braking,
            tracking=services.tracking,
            viewing=services.viewing,
            answers=answers,
            words=services.words,
        ),
        buttons=Buttons(
            client=client,
            composer=composer,
            membership=services.membership,
            editing=services.editing,
            approving=services.approving,
            braking=services.braking,
            viewing=services.viewing,
            answers=answers,
            words=services.words,
        ),
        modals=Modals(
            files=SlackFiles(client),
            membership=services.membership,
            drafting=services.drafting,
            editing=services.editing,
            approving=services.approving,
            viewing=services.viewing,
            listing=services.listing,
            answers=answers,
            words=services.words,
        ),
        offers=Offers(
            membership=services.membership,
            offering=services.offering,
            answers=answers,
            words=services.words,
        ),
        settling=Settling(
            client=client,
            membership=services.membership,
            resolving=services.resolving,
            words=services.words,
        ),
        correspondence=Correspondence(
            client=client,
            membership=services.membership,
            answering=services.answering,
            opting_out=services.opting_out,
            words=services.words,
        ),
        trials=Trials(
            client=client,
            membership=services.membership,
            trying=services.trying,
            answers=answers,
            words=services.words,
        ),
        answers=answers,
        tasks=tasks,
        words=services.words,
    )
