"""What fields in texts need kept; a step of ``migrations``, in a file of its own."""

from sqlite_utils import Database

from storage.migrations import migrations


@migrations()
def m010_fields(db: Database) -> None:
    """Values for the fields of a text, and the text of each part of such a campaign.

    ``filled`` is what a campaign's fields come to, and ``cells`` a person's values in the order of
    its fields, both as JSON. Campaigns without fields have none of it.
    """
    statements = (
        "ALTER TABLE campaigns ADD COLUMN filled TEXT",
        "ALTER TABLE parts ADD COLUMN text TEXT",
        """
        CREATE TABLE field_values (
            campaign INTEGER NOT NULL,
            person TEXT NOT NULL,
            cells TEXT NOT NULL,
            segments INTEGER NOT NULL,
            PRIMARY KEY (campaign, person),
            FOREIGN KEY (campaign, person) REFERENCES recipients ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID
        """,
    )
    for statement in statements:
        db.execute(statement)
