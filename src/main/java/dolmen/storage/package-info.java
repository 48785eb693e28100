/** Object storage: a bucket, whichever server it is on. Start at {@link dolmen.storage.ObjectStore}. */
package dolmen.storage;
