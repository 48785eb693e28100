#!/bin/bash
# druid.sh SERVICE: starts one Druid service (or ZooKeeper, which is among Druid's jars) in its container.
# Settings come as in the official image: the variable druid_a_b=value becomes the property druid.a.b=value,
# DRUID_XMX and DRUID_MAXDIRECTMEMORYSIZE set the memory.
set -euo pipefail
service=$1
conf=/opt/druid/var/conf
mkdir -p "$conf" /opt/druid/var/tmp

if [[ $service == zookeeper ]]; then
  printf '%s\n' tickTime=2000 dataDir=/opt/druid/var/zookeeper clientPort=2181 admin.enableServer=false maxClientCnxns=0 \
    >"$conf/zoo.cfg"
  exec java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j.configurationFile=/opt/druid/conf/log4j2.xml \
    -cp '/opt/druid/lib/*' org.apache.zookeeper.server.ZooKeeperServerMain "$conf/zoo.cfg"
fi

{
  echo "druid.host=$(hostname)"
  env | grep '^druid_' | while IFS='=' read -r name value; do echo "${name//_/.}=$value"; done
} >"$conf/runtime.properties"

exec java @/opt/druid/conf/jvm-options -Xms64m -Xmx"${DRUID_XMX:-192m}" \
  -XX:MaxDirectMemorySize="${DRUID_MAXDIRECTMEMORYSIZE:-128m}" -Djava.io.tmpdir=/opt/druid/var/tmp \
  -Dlog4j.configurationFile=/opt/druid/conf/log4j2.xml -cp "$conf:/opt/druid/lib/*" \
  org.apache.druid.cli.Main server "$service"
