/**
 * Deep storage of type {@code local}: packing the shared folder, proving that the archive holds what the metadata uses, and
 * putting it back by renames. Start with {@link dolmen.segments.SegmentVolume} and {@link dolmen.segments.SegmentRestore}.
 */
package dolmen.segments;
