/** The machine's file system, on which a history can kill a process between any two changes: see {@link dolmen.histories.files.Fuse}. */
package dolmen.histories.files;
