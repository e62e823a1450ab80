"""The platform's ways of saying no."""

from enum import StrEnum


class Reason(StrEnum):
    """The platform's own words.

    `LOGIN` and `ACTION` were seen in the field (gateway-wire.md); the others are in its manner.
    """

    ACTION = "0:OPERACAO INVALIDA"
    LOGIN = "FALHA AO REALIZAR LOGIN"
    NO_TEXT = "MENSAGEM NAO INFORMADA"
    NO_NUMBER = "NUMERO NAO INFORMADO"
    COUNTRY_CODE = "NUMERO COM CODIGO DO PAIS"
    SCHEDULE = "DATA DE AGENDAMENTO INVALIDA"
    CREDIT = "SALDO INSUFICIENTE"
    TOO_SOON = "CONSULTA PERMITIDA DE 1 EM 1 MINUTO"
    UNKNOWN_CAMPAIGN = "CAMPANHA NAO ENCONTRADA"
    FINISHED = "CAMPANHA JA FINALIZADA"


class RefusedError(Exception):
    """The platform refuses; `reason` is what it answers."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
