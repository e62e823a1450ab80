"""The world as it is when the sandbox starts."""

from dataclasses import dataclass

from bot.sandbox.platform_actions import PlatformLogin
from bot.sandbox.workspace import Channel, Person, Team, UserGroup, Workspace

_GATEWAY = PlatformLogin("aurora", "segredo-da-aurora")


@dataclass(frozen=True, slots=True)
class Seed:
    """Secrets and credit of the pretend world; none of them opens anything real."""

    bot_token: str = "xoxb-sandbox-bot"  # noqa: S105 - pretend
    app_token: str = "xapp-sandbox-app"  # noqa: S105 - pretend
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - pretend
    gateway: PlatformLogin = _GATEWAY
    credit: int = 10_000


def build_workspace() -> Workspace:
    """Make Loja Aurora: three faces to act as, and the people who should be kept out."""
    team = Team("T0AURORA", "Loja Aurora", "loja-aurora")
    ana = Person("U0ANA", "ana", "Ana Souza", team.id, role="asks for campaigns", color="#b4375f")
    bruno = Person(
        "U0BRUNO", "bruno", "Bruno Lima", team.id, role="approves campaigns", color="#2f6f4f"
    )
    carla = Person(
        "U0CARLA",
        "carla",
        "Carla Dias",
        team.id,
        tz="America/Manaus",
        tz_label="Amazon Standard Time",
        tz_offset=-14400,
        role="approves campaigns, an hour behind",
        color="#3b5fa0",
    )
    bot = Person("U0TORPEDO", "torpedo", "Torpedo", team.id, is_bot=True)
    guest = Person("U0GUEST", "gabi", "Gabi Freitas", team.id, is_guest=True)
    visitor = Person("U0VISITOR", "vitor", "Vitor Reis", "T0OTHER", is_stranger=True)
    faces = [ana, bruno, carla]
    everybody = [*faces, bot, guest, visitor]
    return Workspace(
        team=team,
        bot=bot,
        bot_id="B0TORPEDO",
        app_id="A0TORPEDO",
        faces=faces,
        people={person.id: person for person in everybody},
        channels={channel.id: channel for channel in _build_channels(faces, bot, guest)},
        groups={
            "S0APPROVE": UserGroup("S0APPROVE", "aprovadores", "Aprovadores", [bruno.id, carla.id])
        },
    )


def _build_channels(faces: list[Person], bot: Person, guest: Person) -> list[Channel]:
    all_faces = [face.id for face in faces]
    return [
        Channel("C0MARKETING", "marketing", members=[*all_faces, bot.id, guest.id]),
        Channel("C0OPERACOES", "operacoes", members=[*all_faces, bot.id]),
        Channel("C0GERAL", "geral", members=[*all_faces]),
        Channel("G0DIRETORIA", "diretoria", is_private=True, members=[*all_faces]),
        *(
            Channel(f"D0{face.id.removeprefix('U0')}", is_im=True, members=[face.id, bot.id])
            for face in faces
        ),
    ]
