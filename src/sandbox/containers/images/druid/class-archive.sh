#!/bin/bash
# class-archive.sh: runs once, while the image is built. It starts ZooKeeper, a coordinator and a broker, notes which
# classes they load, and keeps these in the form that the JVM maps into memory (class data sharing). Each later start
# of a service then costs half the CPU time.
set -euo pipefail
export druid_zk_service_host=localhost druid_coordinator_asOverlord_enabled=true
export druid_coordinator_asOverlord_overlordService=druid/overlord druid_lookup_enableLookupSyncOnStartup=false
export druid_processing_buffer_sizeBytes=8MiB druid_processing_numThreads=1 druid_processing_numMergeBuffers=1
export druid_metadata_storage_connector_connectURI="jdbc:derby://localhost:1527/memory:druid;create=true"

# start_and_note SERVICE PORT: leaves the names of the loaded classes in /tmp/SERVICE.classes
start_and_note() {
  DRUID_JVM_OPTIONS="-XX:DumpLoadedClassList=/tmp/$1.classes" /druid.sh "$1" >"/tmp/$1.log" 2>&1 &
  local pid=$!
  for _ in $(seq 600); do
    [[ $(curl -s -m 1 "http://localhost:$2/status/health") != true ]] || break
    kill -0 $pid || { tail -20 "/tmp/$1.log"; exit 1; }
    sleep 0.2
  done
  kill $pid
  wait $pid || true
}

/druid.sh zookeeper >/tmp/zookeeper.log 2>&1 &
zookeeper=$!
start_and_note coordinator 8081 &
start_and_note broker 8082 &
wait -n
wait -n
kill $zookeeper

sort -u /tmp/*.classes >/tmp/classes
java -Xshare:dump -XX:SharedClassListFile=/tmp/classes -XX:SharedArchiveFile=/tmp/classes.jsa \
  @/opt/druid/conf/jvm-options -Xmx512m -cp "$(printf '%s:' /opt/druid/lib/*.jar)" >/tmp/dump.log 2>&1 \
  || { tail -20 /tmp/dump.log; exit 1; }
