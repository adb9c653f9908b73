import psycopg
import pytest

from intercommunity.store.port import Failed, Locked
from intercommunity.store.postgres import PostgresStore, kept_meetings
from store.logs import numbered


def cut_connections(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_postgres_store_comes_back_after_its_connections_were_cut(postgres_database):
    store = PostgresStore(postgres_database, "forum")
    hub = numbered(4)
    store.append(hub[:2])
    cut_connections(postgres_database)
    assert [record.entry for record in store.read()] == hub[:2]
    with pytest.raises(Failed):
        store.append(hub[:3])
    assert store.append(hub) == 4
    assert [record.entry for record in store.read()] == hub
    store.close()


def test_postgres_store_that_lost_its_lock_to_another_cannot_write(postgres_database):
    lost = PostgresStore(postgres_database, "forum")
    lost.append(numbered(1))
    cut_connections(postgres_database)
    taken = PostgresStore(postgres_database, "forum")
    taken.append(numbered(2))
    with pytest.raises(Failed):
        lost.append(numbered(3))
    with pytest.raises(Locked):
        lost.append(numbered(3))
    assert taken.append(numbered(3)) == 3
    taken.close()
    with pytest.raises(Locked, match="meanwhile"):
        lost.append(numbered(3))
    lost.heads()
    assert lost.append(numbered(4)) == 4
    lost.close()


def test_postgres_keeps_the_logs_of_meetings_apart(postgres_database):
    assert kept_meetings(postgres_database) == []
    forum, other = (PostgresStore(postgres_database, slug) for slug in ("forum", "other"))
    forum.append(numbered(3))
    other.append(numbered(1))
    assert (forum.position(), other.position()) == (3, 1)
    assert forum.identity != other.identity
    assert kept_meetings(postgres_database) == ["forum", "other"]
    forum.close()
    other.close()
