#!/bin/bash
# Update without a refused request: starts the instance on another port, waits until it is ready, sends nginx there, and
# stops the one before. Each instance has its own code in /opt/4phu-PORT; both use one data folder meanwhile.
#   change-over.sh FROM-PORT TO-PORT        e.g. change-over.sh 3001 3002
set -eu
from=$1
to=$2
instance=${NGINX_INSTANCE:-/etc/nginx/4phu-instance.conf}
# requests under way at the old instance, a large upload among them, have so long (s) before it is stopped
drain=${DRAIN_SECONDS:-15}

systemctl start "4phu@$to"
for ((tries = 0; ; tries++)); do
  if curl -fsS -o /dev/null "http://127.0.0.1:$to/readyz" 2>/dev/null; then break; fi
  if [ "$tries" -ge 600 ]; then
    echo "4phu@$to is not ready after 600 s; 4phu@$from goes on answering. What does not hold:" >&2
    curl -sS "http://127.0.0.1:$to/readyz" >&2 || true
    systemctl stop "4phu@$to"
    exit 1
  fi
  sleep 1
done
printf '# written by change-over.sh\nserver 127.0.0.1:%s;\n' "$to" > "$instance.new"
mv "$instance.new" "$instance"
nginx -t -q
nginx -s reload
sleep "$drain"
systemctl stop "4phu@$from"
systemctl enable -q "4phu@$to"
systemctl disable -q "4phu@$from"
echo "4phu@$to answers"
