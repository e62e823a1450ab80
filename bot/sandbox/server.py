"""The sandbox as a program: two listeners on this machine, and the world behind them."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from starlette.applications import Starlette

from bot.sandbox import platform_door
from bot.sandbox.background import Background
from bot.sandbox.bot_watch import BotWatch
from bot.sandbox.callbacks import Courier
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.endings import Endings
from bot.sandbox.faults import EVERY_REQUEST, read_fault
from bot.sandbox.listener import Listener
from bot.sandbox.manifest import read_manifest
from bot.sandbox.page_door import PageDoor
from bot.sandbox.phones import PhoneBook
from bot.sandbox.platform_actions import PlatformActions
from bot.sandbox.platform_door import PlatformDoor
from bot.sandbox.pretend_slack import build_pretend_slack
from bot.sandbox.reception import Reception
from bot.sandbox.seed import Seed
from bot.sandbox.slack_door import API_PATH, SlackDoor
from bot.sandbox.sms_platform import SmsPlatform
from bot.sandbox.soap import door as soap_door
from bot.sandbox.soap.door import SoapDoor
from bot.sandbox.troubles import Trouble
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOptions:
    """How a sandbox is set up.

    Attributes:
        manifest: the app's `manifest.yml`: its commands and scopes.
        host: the address to listen on.
        port: the page's and the pretend Slack's; 0 lets the system pick.
        gateway_port: the platform's; 0 is the next one, or the system's pick when `port` is 0.
        events_url: where the bot takes Slack's requests; may be set later, and isn't needed
            while a Socket Mode client is connected.
        seed: the secrets and the credit to start with.
        delivery_delay: real seconds until a campaign's first SMS arrives; the others follow.
        callback_retries: real seconds before each new attempt at a call-back.
        calls_back: whether the platform calls back; otherwise it only writes down what it would
            tell, for somebody else to carry.
        slow_seconds: real seconds that the platform takes when it is slow.
        drip_seconds: real seconds between two bytes when its answers drip.
        look_seconds: real seconds between two looks at whether the bot listens, while somebody
            has the page open.
        strict_limits: whether Slack's rate limits hold.
        soap_callbacks: whether the SOAP door knows call-backs and references; the platform's may
            not.
    """

    manifest: Path
    host: str = "127.0.0.1"
    port: int = 8800
    gateway_port: int = 0
    events_url: str | None = None
    seed: Seed = field(default_factory=Seed)
    delivery_delay: float = 1.5
    callback_retries: tuple[float, ...] = (0.5, 2, 5, 15)
    calls_back: bool = True
    slow_seconds: float = 20.0
    drip_seconds: float = 1.0
    look_seconds: float = 1.0
    strict_limits: bool = True
    soap_callbacks: bool = True


class Sandbox:
    """A pretend SMS platform and Slack, listening while its context is entered.

    Raises:
        ManifestError: the manifest can't be read (when it is made).
        OSError: a port is taken (when it is entered).
    """

    def __init__(self, options: SandboxOptions) -> None:
        self._options = options
        self._background = Background()
        self._one_at_a_time = asyncio.Lock()
        self.world = _build_world(options, self._background)
        slack_routes = SlackDoor(self.world.slack).routes()
        page_routes = PageDoor(self.world, self.set_trouble).routes()
        app = Starlette(routes=[*slack_routes, *page_routes])
        self._front = Listener(app, options.host, options.port)
        gateway_port = options.gateway_port or (options.port and options.port + 1)
        self._gateway = Listener(
            _build_platform_app(options, self.world), options.host, gateway_port
        )

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._address(self._front)

    @property
    def slack_api_url(self) -> str:
        """The base of the Web API, with a slash at its end as Slack's clients want it."""
        return self.url + API_PATH

    @property
    def gateway_url(self) -> str:
        """The platform's HTTP door."""
        return self._address(self._gateway) + platform_door.PATH

    @property
    def wsdl_url(self) -> str:
        """The description of the platform's SOAP door."""
        return f"{self._address(self._gateway)}{soap_door.PATH}?WSDL"

    @property
    def events_url(self) -> str | None:
        """Where the bot takes Slack's requests."""
        return self.world.slack.bot_link.events_url

    @events_url.setter
    def events_url(self, url: str | None) -> None:
        self.world.slack.bot_link.events_url = url
        self.world.changes.happened()

    async def set_trouble(
        self, kind: Trouble, *, scope: str = EVERY_REQUEST, times: int = 0
    ) -> None:
        """Give the platform this trouble, and no other; requests that hang are closed.

        Args:
            kind: what is wrong from now on.
            scope: `all`, or the one action whose requests meet it.
            times: how many requests meet it before all is well again; 0 is every one until this
                is called again. Who hangs because of it goes on hanging when it ends by itself.

        Raises:
            GestureError: there is no such scope or count; or it is to be down for some requests
                only, and a refused connection can't be told from another.
        """
        fault = read_fault(kind, scope, times)
        async with self._one_at_a_time:
            self.world.reception.set_fault(fault)
            if kind is Trouble.DOWN:
                await self._gateway.stop()
            else:
                await self._gateway.start()
        self.world.changes.happened()

    async def __aenter__(self) -> Self:
        await self._front.start()
        try:
            await self._gateway.start()
        except OSError:
            await self._close()
            raise
        self.world.slack.url = self.url
        self.world.changes.happened()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._close()

    async def serve_forever(self) -> None:
        """Listen until the task is cancelled."""
        async with self:
            await self.world.changes.until(lambda: False)

    async def ready(self) -> None:
        """Wait until both listeners are up."""
        await self.world.changes.until(lambda: self.world.slack.url)

    async def _close(self) -> None:
        self.world.changes.close()
        self.world.reception.close()
        await self.world.slack.socket_mode.disconnect()
        await asyncio.gather(self._gateway.stop(), self._front.stop())
        # Last, for until the doors are shut somebody may still start something.
        await self._background.close()
        await self.world.courier.close()
        await self.world.slack.bot_link.close()

    def _address(self, listener: Listener) -> str:
        host = self._options.host
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{listener.port}"


def _build_world(options: SandboxOptions, background: Background) -> World:
    changes = Changes()
    clock = Clock(changes)
    phones = PhoneBook()
    retries, is_idle = options.callback_retries, not options.calls_back
    courier = Courier(changes, clock, background, retries, is_idle=is_idle)
    platform = SmsPlatform(
        changes=changes,
        clock=clock,
        background=background,
        courier=courier,
        phones=phones,
        credit=options.seed.credit,
        delivery_delay=options.delivery_delay,
    )
    slack = build_pretend_slack(
        changes=changes,
        manifest=read_manifest(options.manifest),
        seed=options.seed,
        events_url=options.events_url,
        is_strict=options.strict_limits,
    )
    slow, drip = options.slow_seconds, options.drip_seconds
    endings = Endings(changes, slow_seconds=slow, drip_seconds=drip)
    reception = Reception(endings, clock, changes)
    watch = BotWatch(changes, background, slack, options.look_seconds)
    return World(changes, clock, phones, courier, platform, reception, slack, watch)


def _build_platform_app(options: SandboxOptions, world: World) -> Starlette:
    """Build the platform's doors: one platform behind them, one reception before it."""
    actions = PlatformActions(world.platform, options.seed.gateway)
    http = PlatformDoor(actions, world.reception)
    soap = SoapDoor(actions, world.reception, has_callbacks=options.soap_callbacks)
    return Starlette(routes=[*http.routes(), *soap.routes()])
