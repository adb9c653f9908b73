"""The tests' own PostgreSQL server: real, empty, apart from any other."""

import psycopg


def test_database_is_empty_and_speaks_unicode(postgres_database):
    with psycopg.connect(postgres_database) as database:
        assert database.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        assert database.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        database.execute("CREATE TABLE kept (line text)")


def test_database_has_nothing_of_the_one_before(postgres_database):
    with psycopg.connect(postgres_database) as database:
        assert database.execute("SELECT to_regclass('public.kept')").fetchone() == (None,)


def test_server_is_on_its_own_socket_alone(postgres_dsn):
    with psycopg.connect(postgres_dsn) as server:
        assert server.execute("SHOW listen_addresses").fetchone() == ("",)
