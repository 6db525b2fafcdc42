#!/bin/sh
# Runs once, when the database is made: who owns the tables migrates; the core works as two logins that own nothing.
set -eu
psql -v ON_ERROR_STOP=1 -v work="$CRM_DATABASE_PASSWORD" -v people="$CRM_PEOPLE_DATABASE_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role filodiretto_app nologin;
create role filodiretto_machine nologin;
create role crm login noinherit password :'work';
create role crm_people login noinherit password :'people';
grant filodiretto_app, filodiretto_machine to crm;
grant filodiretto_app to crm_people;
SQL
