package dolmen.storage;

import dolmen.model.StepFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;

/** One upload in parts: goes on with an unfinished one of the same key, sends what is missing, and completes it. */
final class MultipartPut {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartPut.class);

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final FileParts parts;
    private final Map<String, String> metadata;
    private final AtomicLong sent = new AtomicLong();

    MultipartPut(S3Client client, String bucket, String key, FileParts parts, Map<String, String> metadata) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.parts = parts;
        this.metadata = metadata;
    }

    /** The unfinished uploads of keys that begin with this. */
    static List<MultipartUpload> unfinished(S3Client client, String bucket, String prefix) {
        return client.listMultipartUploadsPaginator(list -> list.bucket(bucket).prefix(prefix)).uploads().stream()
                .toList();
    }

    /** Aborts an unfinished upload; false when it has ended since it was listed. */
    static boolean giveUp(S3Client client, String bucket, MultipartUpload upload) {
        try {
            client.abortMultipartUpload(
                    abort -> abort.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
            return true;
        } catch (NoSuchUploadException ended) {
            LOG.debug("the unfinished upload of {} had ended", upload.key(), ended);
            return false;
        }
    }

    /** Uploads, and returns the bytes that were sent. */
    long run() {
        List<MultipartUpload> earlier = unfinished(client, bucket, key).stream()
                .filter(upload -> upload.key().equals(key))
                .sorted(Comparator.comparing(MultipartUpload::initiated).reversed())
                .toList();
        Optional<String> resumed = earlier.stream().findFirst().map(MultipartUpload::uploadId);
        String id = resumed.orElseGet(this::begin);
        List<CompletedPart> completed = send(id, resumed.isPresent() ? present(id) : Map.of());
        client.completeMultipartUpload(
                complete -> complete.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(completed)));
        earlier.stream().skip(1).forEach(stale -> giveUp(client, bucket, stale));
        return sent.get();
    }

    private String begin() {
        return client.createMultipartUpload(
                        create -> create.bucket(bucket).key(key).metadata(metadata))
                .uploadId();
    }

    private Map<Integer, Part> present(String id) {
        return client.listPartsPaginator(list -> list.bucket(bucket).key(key).uploadId(id)).parts().stream()
                .collect(Collectors.toMap(Part::partNumber, part -> part, (first, again) -> again));
    }

    private List<CompletedPart> send(String id, Map<Integer, Part> present) {
        ExecutorService pool = Executors.newFixedThreadPool(FileParts.AT_A_TIME);
        try {
            List<Future<CompletedPart>> pending = new ArrayList<>();
            for (int part = 1; part <= parts.count(); part++) {
                int number = part;
                Optional<Part> there = Optional.ofNullable(present.get(number));
                pending.add(pool.submit(() -> send(id, number, there)));
            }
            List<CompletedPart> completed = new ArrayList<>();
            for (Future<CompletedPart> each : pending) {
                completed.add(each.get());
            }
            return completed;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a part could not be sent", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StepFailure.Failed("interrupted while " + key + " was sent", "Repeat it.", interrupted);
        } finally {
            pool.shutdownNow();
        }
    }

    private CompletedPart send(String id, int number, Optional<Part> present) {
        FileParts.Md5 md5 = parts.md5(number);
        Optional<String> same =
                present.filter(part -> isSame(part, number, md5)).map(Part::eTag);
        same.ifPresent(there -> parts.skip(number));
        String tag = same.orElseGet(() -> upload(id, number, md5));
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private boolean isSame(Part part, int number, FileParts.Md5 md5) {
        return part.size() == parts.size(number)
                && part.eTag().replace("\"", "").equals(md5.hex());
    }

    private String upload(String id, int number, FileParts.Md5 md5) {
        String tag = client.uploadPart(
                        part -> part.bucket(bucket)
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(md5.base64()),
                        parts.body(number))
                .eTag();
        sent.addAndGet(parts.size(number));
        return tag;
    }
}
