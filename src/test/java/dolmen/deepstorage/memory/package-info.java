/** Deep storage that tests hold in memory. */
package dolmen.deepstorage.memory;
