package dolmen.app;

import dolmen.archive.Tool;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A backup that no restore can take, made from a good one by a shell script in its folder: {@code $SHARED} is the stack's shared
 * folder as the archive names it. Who has to find that first, and by which words.
 */
enum SpoiledBackup {
    A_NAME_TWICE_IN_THE_SEGMENT_ARCHIVE(
            Finder.VERIFY, "two members are named", "tar -C / -rf druid_shared.tar \"$FILE\""),
    A_FILE_THAT_IS_A_FOLDER_OF_OTHERS(
            Finder.VERIFY,
            "two members are named",
            tar("mkdir -p \"$(dirname $FOLDER)\"; echo x > $FOLDER", "$FOLDER")),
    A_PIPE_IN_THE_SEGMENT_ARCHIVE(
            Finder.VERIFY, "is a device, a pipe", tar("mkdir -p $SHARED; mkfifo $SHARED/pipe", "$SHARED/pipe")),
    A_LINK_OUT_OF_THE_SEGMENT_ARCHIVE(
            Finder.VERIFY, "leads out of the target", tar("mkdir -p $SHARED; ln -s /etc $SHARED/l", "$SHARED/l")),
    A_FILE_BESIDE_THE_SHARED_FOLDER(
            Finder.VERIFY, "holds no shared folder", tar("mkdir -p beside; echo x > beside/x", "beside/x")),
    A_USED_SEGMENT_WITHOUT_ITS_FILES(
            Finder.VERIFY, "used segments are missing", "tar --delete -f druid_shared.tar \"$FOLDER\""),
    A_CUT_SEGMENT_ARCHIVE(Finder.VERIFY, "druid_shared.tar is damaged", "truncate -s -20000 druid_shared.tar"),
    NOISE_FOR_METABASE(Finder.VERIFY, "cannot read metabase_data.tar", "head -c 4096 /dev/urandom > metabase_data.tar"),
    METABASE_WITHOUT_ITS_FILE(
            Finder.VERIFY, "holds no H2 database", "echo x > readme; tar -cf metabase_data.tar readme; rm readme"),
    METABASE_TWICE(
            Finder.VERIFY,
            "holds metabase/metabase.db.mv.db twice",
            "mkdir metabase; cp $METABASE metabase; for i in 1 2; do tar -rf new.tar metabase/*; done;"
                    + " mv new.tar metabase_data.tar; rm -r metabase"),
    A_TEXT_FOR_METABASE(
            Finder.VERIFY,
            "has no header of H2",
            "echo text > metabase.db.mv.db; tar -cf metabase_data.tar *.mv.db; rm *.mv.db"),
    METABASE_OF_A_LATER_H2(
            Finder.PLAN,
            "H2 2.2 or later",
            "sed 's/format:2/format:3/' $METABASE > metabase.db.mv.db; tar -cf metabase_data.tar *.mv.db; rm *.mv.db"),
    NOISE_FOR_METABASE_IN_POSTGRESQL(
            Finder.VERIFY,
            "the dump does not begin with the header of pg_dump",
            "rm metabase_data.tar; echo noise > metabase_dump.sql"),
    METABASE_OF_ANOTHER_KIND(
            Finder.PLAN,
            "the backup holds Metabase's data as postgres, the stack uses h2",
            "rm metabase_data.tar; cp $DUMP metabase_dump.sql;"
                    + " sed -i 's/druid_rules/core_user/g; s/druid_config/databasechangelog/g' metabase_dump.sql"),
    A_CUT_DUMP(Finder.VERIFY, "it ends inside", "truncate -s -20000 $DUMP"),
    A_DUMP_WITHOUT_A_TABLE_OF_DRUID(
            Finder.VERIFY, "the dump lacks the tables druid_rules", "sed -i 's/druid_rules/other/g' $DUMP"),
    A_DUMP_WITHOUT_VERSIONS(Finder.VERIFY, "does not say of which version", "sed -i '/^-- Dumped from/d' $DUMP"),
    ROWS_WITHOUT_THEIR_TABLE(
            Finder.VERIFY,
            "rows of table druid_audit, which it does not create",
            "sed -i '/^CREATE TABLE public.druid_audit/,/^);/d' $DUMP"),
    A_DUMP_OF_A_NEWER_SERVER(
            Finder.PLAN, "the target is the older", "sed -i 's/^-- Dumped from database version 15/&0/' $DUMP"),
    AN_EXTENSION_THAT_IS_NOT_HERE(
            Finder.PLAN,
            "extension \"nowhere\" is not available",
            statement("CREATE EXTENSION IF NOT EXISTS nowhere WITH SCHEMA public;")),
    A_ROLE_THAT_IS_NOT_HERE(
            Finder.PLAN, "role \"nobody_here\"", statement("CREATE SCHEMA s AUTHORIZATION nobody_here;")),
    A_TYPE_THAT_THE_DUMP_DOES_NOT_CREATE(
            Finder.PLAN,
            "type \"public.mood\" does not exist",
            statement("CREATE TABLE public.moods (of public.mood);")),
    A_ROW_TWICE(Finder.PLAN, "could not create unique index", "sed -i '/^COPY public.druid_rules /{n;p}' $DUMP"),
    A_ROW_THAT_IS_NOT_OF_ITS_TYPE(
            Finder.PLAN, "invalid input syntax", "sed -i '/^COPY public.druid_audit /{n;s/^[0-9]*/one/}' $DUMP"),
    BYTES_THAT_ARE_NO_TEXT(
            Finder.PLAN, "invalid byte sequence", "LC_ALL=C sed -i '/^COPY public.druid_audit /{n;s/e/\\xe9/}' $DUMP");

    /** Who says it first. */
    enum Finder {
        /** By the files alone. */
        VERIFY,
        /** By the files and the target. */
        PLAN
    }

    final Finder finder;
    final String words;
    private final String script;

    SpoiledBackup(Finder finder, String words, String script) {
        this.finder = finder;
        this.words = words;
        this.script = script;
    }

    /** Adds a member to the segment archive, which the first script makes below the backup's folder. */
    private static String tar(String making, String member) {
        return "mkdir t; cd t; " + making + "; tar -rf ../druid_shared.tar " + member + "; cd ..; rm -r t";
    }

    /** Adds a statement in front of the first table. */
    private static String statement(String sql) {
        return "sed -i '0,/^CREATE TABLE /s/^CREATE TABLE /" + sql + "\\n\\n&/' $DUMP";
    }

    void spoil(Path folder, Path shared, Path metabase) throws Exception {
        Tool.ok(
                folder,
                "set -e; SHARED=" + shared.toString().substring(1) + "; METABASE=" + metabase
                        + "; DUMP=druid_metadata_dump.sql; FILE=$(tar -tf druid_shared.tar | grep '/index.zip$\\|meta.smoosh$'"
                        + " | head -1); FOLDER=$(dirname \"$FILE\"); " + script);
    }

    static Stream<SpoiledBackup> all() {
        return Stream.of(values());
    }
}
