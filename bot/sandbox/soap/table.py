"""A .NET DataSet on the wire: an inline schema, then its rows in a diffgram."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.sandbox.campaigns import SmsCampaign
from bot.sandbox.clock import PLATFORM_ZONE
from bot.sandbox.soap.letters import spell
from bot.sandbox.status_report import read_fields

COLUMNS = {
    "ID_ENVIO": "xs:int",
    "ID_CAMPANHA": "xs:int",
    "DATA_INCLUSAO": "xs:dateTime",
    "DATA_AGENDAMENTO": "xs:dateTime",
    "DATA_ENTREGA": "xs:dateTime",
    "DATA_LEITURA": "xs:dateTime",
    "STATUS": "xs:string",
    "TENTATIVAS": "xs:int",
    "LOTE": "xs:string",
    "OPERADORA": "xs:string",
    "CELULAR": "xs:string",
    "REFERENCIA": "xs:string",
    "MENSAGEM": "xs:string",
}
"""The HTTP rows' thirteen fields, in their order, by names that such a table might have."""
_MSDATA = 'xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"'


def render_status(campaign: SmsCampaign, reference: str | None = None) -> str:
    """Write a campaign's messages, or only those with one reference."""
    rows = (
        read_fields(campaign, one)
        for one in campaign.deliveries
        if reference in (None, one.reference)
    )
    return _render_schema(COLUMNS) + _render_rows(list(COLUMNS.items()), rows)


def render_refusal(words: str) -> str:
    """Write a refusal where a table is due: a table of one column and one row."""
    columns = {"RETORNO": "xs:string"}
    return _render_schema(columns) + _render_rows(list(columns.items()), [(words,)])


def _render_schema(columns: dict[str, str]) -> str:
    inside = "".join(
        f'<xs:element name="{name}" type="{kind}" minOccurs="0"/>' for name, kind in columns.items()
    )
    return (
        '<xs:schema id="NewDataSet" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' {_MSDATA}><xs:element name="NewDataSet" msdata:IsDataSet="true"'
        ' msdata:UseCurrentLocale="true"><xs:complexType>'
        '<xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="Table"><xs:complexType>'
        f"<xs:sequence>{inside}</xs:sequence></xs:complexType></xs:element></xs:choice>"
        "</xs:complexType></xs:element></xs:schema>"
    )


def _render_rows(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    tables = "".join(
        f'<Table diffgr:id="Table{at + 1}" msdata:rowOrder="{at}">'
        + "".join(
            f"<{name}>{_spell(value, kind)}</{name}>"
            for (name, kind), value in zip(columns, row, strict=True)
            if value  # a null is left out
        )
        + "</Table>"
        for at, row in enumerate(rows)
    )
    data = f'<NewDataSet xmlns="">{tables}</NewDataSet>' if tables else ""
    return (
        f"<diffgr:diffgram {_MSDATA}"
        f' xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1">{data}</diffgr:diffgram>'
    )


def _spell(value: str, kind: str) -> str:
    """Spell a value for XML; a time with the offset that it had there."""
    if kind == "xs:dateTime":
        local = datetime.fromisoformat(value).replace(tzinfo=PLATFORM_ZONE)
        return local.isoformat()
    return spell(value)
