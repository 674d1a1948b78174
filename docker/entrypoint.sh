#!/usr/bin/env bash
# Turns smb.conf beside this file into a running smbd. The container starts with it, and so does the private server of ./samba.
#
#   SMB_PASSWORD  the password (required)
#   SMB_USER      the SMB user, default copychunk
#   SMB_UID/GID   owner of the files in a container, default 1000; a Unix user with these numbers is made
#   SMB_OWNER     an existing Unix user as owner of the files: none is made then
#   SMB_SHARES    where the shares are, default /srv/shares
#   SMB_STATE     where Samba keeps its databases, default /run/copychunk-samba
#   SMB_PORT      default 445
#   SMB_ENCRYPT   default, desired or required: which sessions are encrypted, see smb.conf; default "default"
#   SMB_LOOPBACK  yes: listen on 127.0.0.1 only, default no
#   SMB_SMBD      the smbd to run, default the one on the PATH
# Logs go to stdout.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
user=${SMB_USER:-copychunk} uid=${SMB_UID:-1000} gid=${SMB_GID:-${SMB_UID:-1000}} owner=${SMB_OWNER:-}
shares=${SMB_SHARES:-/srv/shares} state=${SMB_STATE:-/run/copychunk-samba}
password=${SMB_PASSWORD:-}
unset SMB_PASSWORD
[ -n "$password" ] || { echo "entrypoint: SMB_PASSWORD is not set" >&2; exit 2; }

if [ -z "$owner" ]; then
  owner=$user
  if ! id "$owner" > /dev/null 2>&1; then
    getent group "$gid" > /dev/null || groupadd -g "$gid" "$owner"
    useradd --non-unique --uid "$uid" --gid "$gid" --no-create-home --shell /usr/sbin/nologin "$owner"
  fi
fi

umask 022
for share in work other encrypted guest streams fruit cloning; do
  [ -d "$shares/$share" ] || install -d -o "$owner" "$shares/$share"
done
mkdir -p "$state/rpc" "$state/log"
chmod 700 "$state"
escape() { printf '%s' "$1" | sed 's/[&|\\]/\\&/g'; }
sed -e "s|@STATE@|$(escape "$state")|g" -e "s|@SHARES@|$(escape "$shares")|g" -e "s|@OWNER@|$owner|g" \
  -e "s|@PORT@|${SMB_PORT:-445}|g" -e "s|@ENCRYPT@|${SMB_ENCRYPT:-default}|g" -e "s|@LOOPBACK@|${SMB_LOOPBACK:-no}|g" \
  "$here/smb.conf" > "$state/smb.conf"
printf '!%s = %s\n' "$owner" "$user" > "$state/username.map"
printf '%s\n%s\n' "$password" "$password" | pdbedit --configfile="$state/smb.conf" --create --user="$owner" --password-from-stdin > /dev/null

# Thousands of files may be open at once; smbd takes what it gets.
ulimit -n 65536 2> /dev/null || ulimit -n "$(ulimit -Hn)"
# smbd logs to standard output; the directory is for the helpers that it starts.
exec "${SMB_SMBD:-smbd}" --configfile="$state/smb.conf" --foreground --no-process-group --debug-stdout --log-basename="$state/log" < /dev/null
