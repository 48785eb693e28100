#!/usr/bin/env bash
# A real S3 server with versions and object lock for tests: Ceph 16.2.15 of Debian 12 (a monitor, an OSD on a sparse file and
# a RADOS gateway) as three plain processes in one folder: no systemd, no container, no root, nothing outside of the folder.
#   ceph.sh available      status 0 when its packages are installed, or apt-get can fetch them (amd64)
#   ceph.sh DIR            fetches what is missing, makes a cluster, starts it; endpoint and keys are printed, DIR/s3.env has them
#   ceph.sh DIR stop       ends the three processes, each by its pid; the data stay
# Environment:
#   S3_PORT=17480          the gateway's port    MON_PORT=17400  and the next 29: those of Ceph itself
#   CEPH_ROOT=DIR/root     where packages that are not installed are unpacked, once
# DIR is at most 80 characters long: a socket's name has at most 107. From nothing it takes a minute, else half of that.
set -euo pipefail
usage() { sed -n "2,11s,^# \?,,p" "$0"; exit 2; }
[ $# -ge 1 ] || usage
if [ "$1" = available ]; then
    [ "$(dpkg --print-architecture)" = amd64 ] || exit 1
    for program in ceph-mon ceph-osd radosgw; do
        type -P "$program" >/dev/null || apt-cache show "$program" 2>/dev/null | grep '^Version: 16\.2\.' >/dev/null || exit 1
    done
    exit 0
fi
D=$(realpath -m "$1")
[ ${#D} -le 80 ] || { echo "the name of the folder is too long: $D" >&2; exit 2; }
S3_PORT=${S3_PORT:-17480} MON_PORT=${MON_PORT:-17400} R=${CEPH_ROOT:-$D/root} L=usr/lib/x86_64-linux-gnu
NEEDED="ceph-mon ceph-osd radosgw ceph-common python3 curl"
T0=$(date +%s)
say() { echo "[$(($(date +%s) - T0)) s] $*" >&2; }
die() { echo "$*" >&2; exit 1; }

installed() { type -P ceph-mon && type -P ceph-osd && type -P radosgw && type -P ceph; } >/dev/null

# lists and cache of its own; of the system only the list of what is installed is read
packages() {
    ! installed && [ ! -e "$R/done" ] || return 0
    mkdir -p "$D/apt/lists/partial" "$D/apt/cache/archives/partial" "$R"
    local apt=(apt-get -q -o Dir::State::lists="$D/apt/lists" -o Dir::Cache="$D/apt/cache" -o Debug::NoLocking=1
        -o APT::Sandbox::User=root) deb
    # shellcheck disable=SC2086
    { "${apt[@]}" update && "${apt[@]}" -y --no-install-recommends --download-only install $NEEDED; } \
        >"$D/log/apt.log" 2>&1 || die "apt-get failed; see $D/log/apt.log"
    for deb in "$D"/apt/cache/archives/*.deb; do
        [ ! -e "$deb" ] || dpkg-deb -x "$deb" "$R"
    done
    rm -rf "$D/apt"
    touch "$R/done"
    say "the packages are there"
}

programs() {
    if [ -e "$R/usr/bin/ceph-mon" ]; then
        export PATH=$R/usr/bin:$R/usr/sbin:$PATH PYTHONPATH=$R/usr/lib/python3/dist-packages PYTHONDONTWRITEBYTECODE=1
        export LD_LIBRARY_PATH=$R/$L:$R/lib/x86_64-linux-gnu:$R/$L/ceph
    fi
    local p
    for p in ceph rados radosgw-admin; do
        {
            echo '#!/bin/bash'
            [ ! -e "$R/usr/bin/ceph-mon" ] || echo "export PATH=$R/usr/bin:\$PATH PYTHONPATH=$PYTHONPATH LD_LIBRARY_PATH=$LD_LIBRARY_PATH"
            if [ $p = ceph ]; then echo "exec python3 $(type -P ceph) -c $D/ceph.conf \"\$@\""; else echo "exec $(type -P $p) -c $D/ceph.conf \"\$@\""; fi
        } >"$D/bin/.$p"
        chmod +x "$D/bin/.$p"
        mv "$D/bin/.$p" "$D/bin/$p"
    done
}

settings() {
    local lib=/$L
    [ ! -e "$R/usr/bin/ceph-mon" ] || lib=$R/$L
    [ -e "$D/fsid" ] || cat /proc/sys/kernel/random/uuid >"$D/fsid"
    cat >"$D/ceph.conf" <<END
[global]
fsid = $(cat "$D/fsid")
mon host = [v2:127.0.0.1:$MON_PORT/0,v1:127.0.0.1:$((MON_PORT + 1))/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind port min = $((MON_PORT + 10))
ms bind port max = $((MON_PORT + 29))
auth cluster required = none
auth service required = none
auth client required = none
run dir = $D/run
pid file = $D/run/\$name.pid
log file = $D/log/\$name.log
mon cluster log file = $D/log/cluster.log
crash dir = $D/crash
erasure code dir = $lib/ceph/erasure-code
plugin dir = $lib/ceph
osd class dir = $lib/rados-classes
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon allow pool delete = true
mon warn on pool no redundancy = false
auth allow insecure global id reclaim = false
client mount timeout = 30
[mon]
admin socket = $D/run/\$name.asok
mon data = $D/mon
# a share of the disk, which others may fill: at "crit" per cent the monitor ends
mon data avail warn = 2
mon data avail crit = 1
[osd]
admin socket = $D/run/\$name.asok
osd data = $D/osd
osd objectstore = bluestore
osd client watch timeout = 10
bluestore block size = $((4 * 1024 * 1024 * 1024))
osd memory target = 939524096
[client.rgw]
admin socket = $D/run/\$name.asok
# "auth none" makes no session key, without which the gateway's default (secure) ends in a timeout
ms mon client mode = crc
rgw data = $D/rgw
rgw frontends = beast endpoint=127.0.0.1:$S3_PORT
END
}

# the pid of a daemon of this folder, if it runs
pid() {
    local p
    p=$(cat "$D/run/$1.pid" 2>/dev/null) || return 1
    [ -n "$p" ] && tr '\0' ' ' 2>/dev/null <"/proc/$p/cmdline" | grep -qF -- "-c $D/ceph.conf " && echo "$p"
}

end() {
    local p
    p=$(pid "$1") || return 0
    kill "$p"
    for _ in $(seq 200); do [ -e "/proc/$p" ] || break; sleep 0.1; done
    # the gateway, once in a while, hangs at its end; all three survive a kill (what was answered is on the disk)
    if [ -e "/proc/$p" ]; then
        say "$1 (pid $p) did not end within 20 s and is killed"
        kill -9 "$p"
        while [ -e "/proc/$p" ]; do sleep 0.1; done
    fi
    rm -f "$D/run/$1.pid" "$D/run/$1.asok"
    say "$1 (pid $p) has ended"
}

stop() { end client.rgw; end osd.0; end mon.a; }

# free DAEMON PORT...: stops where somebody else listens
free() {
    local port
    ! pid "$1" >/dev/null || return 0
    shift
    for port; do
        ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || die "port $port is taken"
    done
}

# begin DAEMON COMMAND...: starts what does not run
begin() {
    local name=$1
    shift
    pid "$name" >/dev/null || "$@" >>"$D/log/start.log" 2>&1 || die "$name did not start; see $D/log/start.log and $D/log/$name.log"
}

ceph() { timeout "${LIMIT:-60}" "$D/bin/ceph" "$@"; }

monitor() {
    free mon.a "$MON_PORT"
    if [ ! -e "$D/mon/done" ]; then
        rm -rf "$D/mon"; mkdir "$D/mon"
        monmaptool --create --clobber --fsid "$(cat "$D/fsid")" \
            --addv a "[v2:127.0.0.1:$MON_PORT,v1:127.0.0.1:$((MON_PORT + 1))]" "$D/monmap" >>"$D/log/start.log" 2>&1
        ceph-mon -c "$D/ceph.conf" --mkfs -i a --monmap "$D/monmap" >>"$D/log/start.log" 2>&1
        touch "$D/mon/done"
    fi
    begin mon.a ceph-mon -c "$D/ceph.conf" -i a
    ceph mon stat >>"$D/log/start.log" 2>&1 || die "the monitor does not answer; see $D/log/mon.a.log"
    say "the monitor answers"
}

osd() {
    if [ ! -e "$D/osd/done" ]; then
        rm -rf "$D/osd"; mkdir "$D/osd"
        cat /proc/sys/kernel/random/uuid >"$D/osd-uuid"
        ceph osd new "$(cat "$D/osd-uuid")" 0 >>"$D/log/start.log" 2>&1
        ceph-osd -c "$D/ceph.conf" -i 0 --mkfs --osd-uuid "$(cat "$D/osd-uuid")" >>"$D/log/start.log" 2>&1
        touch "$D/osd/done"
    fi
    begin osd.0 ceph-osd -c "$D/ceph.conf" -i 0
    for _ in $(seq 120); do
        # after a kill the monitor still calls the old one up: the new one is up when it says so itself
        if LIMIT=20 ceph osd stat 2>>"$D/log/start.log" | grep -q ' 1 up' &&
            LIMIT=20 ceph daemon osd.0 status 2>>"$D/log/start.log" | grep -q '"state": "active"'; then
            say "the OSD is up"
            return
        fi
        sleep 0.25
    done
    die "the OSD did not come up; see $D/log/osd.0.log"
}

gateway() {
    free client.rgw "$S3_PORT"
    begin client.rgw radosgw -c "$D/ceph.conf" -n client.rgw
    for _ in $(seq 240); do
        ! curl -fs -m 2 -o "$D/log/probe.xml" "http://127.0.0.1:$S3_PORT/" || { say "the gateway answers"; return; }
        sleep 0.25
    done
    die "the gateway does not answer; see $D/log/client.rgw.log"
}

admin() { timeout 120 "$D/bin/radosgw-admin" "$@"; }

# user NAME [OPTIONS]: key NAMEkey, secret NAMEsecret
user() {
    local u=$1
    shift
    admin user info --uid="$u" >/dev/null 2>&1 ||
        admin user create --uid="$u" --display-name="$u" --access-key="${u}key" --secret-key="${u}secret" "$@" >>"$D/log/users.log" 2>&1 ||
        die "user $u could not be made; see $D/log/users.log"
}

users() {
    [ ! -e "$D/users.done" ] || return 0
    user owner
    user nodelete --op-mask="read, write"
    touch "$D/users.done"
    say "the users are there"
}

environment() {
    cat <<END
S3_ENDPOINT=http://127.0.0.1:$S3_PORT
S3_ACCESS_KEY=ownerkey
S3_SECRET_KEY=ownersecret
# the server refuses every deletion of this one
S3_NODELETE_ACCESS_KEY=nodeletekey
S3_NODELETE_SECRET_KEY=nodeletesecret
END
}

case ${2:-start} in
start)
    mkdir -p "$D"/{rgw,run,log,crash,bin}
    packages
    programs
    settings
    monitor
    osd
    users
    gateway
    environment >"$D/s3.env"
    say "ready"
    grep '^S3_' "$D/s3.env"
    ;;
stop) stop ;;
*) usage ;;
esac
