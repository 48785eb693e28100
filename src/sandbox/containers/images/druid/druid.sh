#!/bin/bash
# druid.sh SERVICE: starts one Druid service (or ZooKeeper, which is among Druid's jars) in its container.
# Settings come as in the official image: the variable druid_a_b=value becomes the property druid.a.b=value,
# DRUID_XMX and DRUID_MAXDIRECTMEMORYSIZE set the memory.
set -euo pipefail
service=$1
home=/opt/druid
work=$home/var/run
mkdir -p "$work" $home/var/tmp
# In a fixed order and without a folder in it, so that the class archive fits.
class_path=$(printf '%s:' $home/lib/*.jar)
archive=()
[[ ! -e $home/classes.jsa ]] || archive=("-XX:SharedArchiveFile=$home/classes.jsa")

if [[ $service == zookeeper ]]; then
  printf '%s\n' tickTime=2000 dataDir=$home/var/zookeeper clientPort=2181 admin.enableServer=false maxClientCnxns=0 \
    >"$work/zoo.cfg"
  exec java "${archive[@]}" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlog4j.configurationFile=$home/conf/log4j2.xml \
    -cp "$class_path" org.apache.zookeeper.server.ZooKeeperServerMain "$work/zoo.cfg"
fi

# Properties go into an argument file of java's, where quotes and backslashes are escaped.
{
  echo "-Ddruid.host=$(hostname)"
  env | grep '^druid_' | while IFS='=' read -r name value; do
    value=${value//\\/\\\\}
    echo "\"-D${name//_/.}=${value//\"/\\\"}\""
  done
} >"$work/properties"

# shellcheck disable=SC2086 # DRUID_JVM_OPTIONS holds several words
exec java @$home/conf/jvm-options "${archive[@]}" ${DRUID_JVM_OPTIONS:-} -Xms64m -Xmx"${DRUID_XMX:-192m}" \
  -XX:MaxDirectMemorySize="${DRUID_MAXDIRECTMEMORYSIZE:-128m}" -Djava.io.tmpdir=$home/var/tmp \
  -Dlog4j.configurationFile=$home/conf/log4j2.xml @"$work/properties" -cp "$class_path" \
  org.apache.druid.cli.Main server "$service"
