/**
 * Deep storage of type {@code local}: packing the shared folder by one of three transports, and putting it back by renames. Start
 * with {@link dolmen.deepstorage.local.LocalDeepStorage} and {@link dolmen.deepstorage.local.LocalPlacement}.
 */
package dolmen.deepstorage.local;
