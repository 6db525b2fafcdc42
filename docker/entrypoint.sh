#!/bin/sh
# Starts the service that APP names: apps/crm, apps/portal, or apps/channels/<channel>.
set -eu
main="/app/${APP:?APP says which service to start: apps/crm, apps/portal or apps/channels/<channel>}/dist/main.js"
if [ ! -f "$main" ]; then
  echo "there is no service in ${APP}" >&2
  exit 64
fi
exec node --enable-source-maps "$main"
