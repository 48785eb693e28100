/** A backup as plain files in a folder, which need neither Dolmen nor a stack to be read. */
package dolmen.export;
