"""What looks wrong: onboardings as the rules see them, alerts with their answers, and what is usual."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BATCH = 500


def upgrade() -> None:
    """Build the tables; the runs that are there are what is usual."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "onboardings",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("run", sa.String(80), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("ending", sa.String(16), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("computer", sa.String(255)),
        sa.Column("counter", sa.BigInteger),
        sa.Column("identity_key", sa.LargeBinary),
        *(sa.Column(name, sa.String(255)) for name in ("serial", "site", "model", "firmware")),
        *(sa.Column(name, sa.String(64)) for name in ("owner_key", "secret", "request")),
        sa.Column("grant_id", sa.String(32)),
        sa.Column("receipt", sa.Boolean),
        sa.Column("logged", sa.Boolean),
        sa.Column("apart", sa.Boolean, nullable=False),
        sa.UniqueConstraint("run", name="uq_onboardings_run"),
    )
    for columns in (
        ("identity_key",),
        ("serial",),
        ("secret",),
        ("request",),
        ("grant_id",),
        ("actor", "number"),
        ("site", "number"),
        ("computer", "counter"),
    ):
        op.create_index(f"ix_onboardings_{'_'.join(columns)}", "onboardings", list(columns))
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("subject_kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("sentence", sa.JSON, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.Column("years", sa.Double),
        sa.Column("raised", moment, nullable=False),
        sa.Column("changed", moment, nullable=False),
        sa.Column("answer", sa.String(16)),
        sa.Column("note", sa.String(255)),
        sa.Column("answered", moment),
    )
    op.create_index("ix_alerts_changed", "alerts", ["changed"])
    op.create_table(
        "watches",
        sa.Column("subject_kind", sa.String(16), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("state", sa.JSON, nullable=False),
    )
    if not op.get_context().as_sql:
        _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Finished runs in their order, a batch at a time. Their endings as far as old records tell."""
    wanted = (
        sa.text(
            "SELECT r.id, r.started, r.ended, r.state, r.host, r.grant_id, r.outcome, "
            "d.identity_key, d.serial, d.site, d.model, d.firmware FROM runs r "
            "LEFT JOIN devices d ON d.id = r.device_id "
            "WHERE r.ended IS NOT NULL AND (r.started > :at OR (r.started = :at AND r.id > :id)) "
            f"ORDER BY r.started, r.id LIMIT {BATCH}"
        )
        .bindparams(sa.bindparam("at", type_=sa.DateTime))
        .columns(started=sa.DateTime, ended=sa.DateTime)
    )
    at, last, number = datetime(1, 1, 1), "", 0
    while rows := list(connection.execute(wanted, {"at": at, "id": last})):
        made = []
        for row in rows:
            outcome = json.loads(row.outcome) if isinstance(row.outcome, str) else row.outcome
            ending = _ending(row.state, outcome or {})
            if ending is not None:
                number += 1
                made.append(
                    {
                        "number": number,
                        "run": row.id,
                        "at": row.ended,
                        "ending": ending,
                        "actor": "",
                        "computer": row.host,
                        "counter": number,
                        "identity_key": row.identity_key,
                        "serial": row.serial,
                        "site": row.site,
                        "model": row.model,
                        # What it had then is not kept; what it has now would make the past look new.
                        "firmware": ((outcome or {}).get("device") or {}).get("firmware"),
                        "grant_id": row.grant_id or "",
                        "receipt": bool((outcome or {}).get("receipt")),
                        "apart": False,
                    }
                )
        if made:
            connection.execute(_onboardings(), made)
        at, last = rows[-1].started, rows[-1].id
    # They are what is usual, and nothing is said about them any more.
    memory = sa.table("memory", sa.column("protocol"), sa.column("key"), sa.column("value", sa.JSON))
    connection.execute(sa.delete(memory).where(memory.c.protocol == "alerts", memory.c.key == "number"))
    connection.execute(
        sa.insert(memory).values(protocol="alerts", key="number", value={"value": float(number)})
    )


def _ending(state: str, outcome: dict[str, Any]) -> str | None:
    if outcome.get("act"):
        return "reset" if outcome.get("state") == "released" else "other"
    if state in ("commissioned", "unconfirmed"):
        return "onboarded"
    code = str((outcome.get("error") or {}).get("code", ""))
    return {"A": "refused"}.get(code[:1], "failed") if state == "failed" else None


def _onboardings() -> sa.Insert:
    moment = sa.DateTime(timezone=True)
    names = ("run", "ending", "actor", "computer", "serial", "site", "model", "firmware", "grant_id")
    return sa.insert(
        sa.table(
            "onboardings",
            sa.column("number", sa.Integer),
            sa.column("at", moment),
            sa.column("counter", sa.BigInteger),
            sa.column("identity_key", sa.LargeBinary),
            sa.column("receipt", sa.Boolean),
            sa.column("apart", sa.Boolean),
            *(sa.column(name, sa.String) for name in names),
        )
    )
