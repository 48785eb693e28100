package dolmen.storage;

import dolmen.archive.TarSink;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.model.Size;
import dolmen.model.StepFailure;
import dolmen.settings.StorageSettings;
import dolmen.storage.FileParts.Md5;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object that is sent while it is made: parts of one size, which some stores ask for, lie in memory until they are sent,
 * {@link #AT_A_TIME} of them together with the one that is being filled. The store sees no object before the last part
 * has come. For one calling thread.
 */
final class StreamedPut implements TarSink {
    private static final Logger LOG = LoggerFactory.getLogger(StreamedPut.class);

    /** How many parts lie in memory. */
    static final int AT_A_TIME = 4;

    /** Parts that an upload may have. */
    static final int MOST = 10_000;

    private static final long END_LIMIT_SECONDS = 60;

    private final S3Client client;
    private final StoreFailures failures;
    private final String bucket;
    private final String key;
    private final StorageSettings settings;
    private final int most;
    private final String id;
    private final Semaphore room = new Semaphore(AT_A_TIME - 1);
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME - 1);
    private final List<Future<CompletedPart>> sent = new ArrayList<>();
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final MessageDigest digest = Checksum.digest();
    private ByteBuffer part;
    private boolean completed;
    private volatile boolean ended;

    /** Begins the upload; it may have {@code most} parts at most. */
    StreamedPut(S3Client client, StoreFailures failures, String key, StorageSettings settings, int most) {
        this.client = client;
        this.failures = failures;
        this.bucket = settings.bucket().orElseThrow();
        this.key = key;
        this.settings = settings;
        this.most = most;
        this.part = empty();
        this.id = call(() -> client.createMultipartUpload(
                        create -> create.bucket(bucket).key(key))
                .uploadId());
    }

    private <T> T call(Supplier<T> action) {
        try {
            return failures.call("store " + key, action);
        } catch (StepFailure.Unavailable broken) {
            throw new StepFailure.Unavailable(
                    broken.getMessage(),
                    "Is dolmen.storage.endpoint reachable from here? Repeat it; it is sent from its beginning then.",
                    broken);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        int done = 0;
        while (done < length) {
            if (!part.hasRemaining()) {
                send();
                part = empty();
            }
            int some = Math.min(length - done, part.remaining());
            part.put(bytes, offset + done, some);
            done += some;
        }
    }

    private ByteBuffer empty() {
        byte[] used = spare.poll();
        return ByteBuffer.wrap(used == null ? new byte[(int) settings.partBytes()] : used);
    }

    /** Hands the present part to a sender, once fewer than {@link #AT_A_TIME} parts are in memory. */
    private void send() {
        if (sent.size() == most) {
            throw tooLarge();
        }
        awaitRoom();
        byte[] content = part.array();
        int length = part.position();
        int number = sent.size() + 1;
        sent.add(senders.submit(() -> {
            try {
                return send(content, length, number);
            } catch (RuntimeException failed) {
                failure.compareAndSet(null, failed);
                throw failed;
            } finally {
                spare.add(content);
                room.release();
            }
        }));
    }

    private StepFailure tooLarge() {
        long limit = most * settings.partBytes();
        return new StepFailure.Failed(
                key + " has more than the " + Size.words(limit) + " that " + most + " parts of "
                        + Size.words(settings.partBytes()) + " hold",
                "Set dolmen.storage.part-mib to a larger number; " + AT_A_TIME + " parts lie in memory. Nothing of this"
                        + " one stays.");
    }

    private void awaitRoom() {
        try {
            room.acquire();
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
        if (failure.get() != null) {
            room.release();
            throw failure.get();
        }
    }

    private StepFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new StepFailure.Failed("interrupted while " + key + " was sent", "Repeat it.", cause);
    }

    private CompletedPart send(byte[] content, int length, int number) {
        MessageDigest md5 = Md5.digest();
        md5.update(content, 0, length);
        String sum = new Md5(md5.digest()).base64();
        SentPart part = new SentPart(Meter.NONE, settings, AT_A_TIME - 1);
        RequestBody body = RequestBody.fromContentProvider(
                () -> part.begin(read(content, length)), length, "application/octet-stream");
        String tag = call(() -> client.uploadPart(
                        upload -> upload.bucket(bucket)
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(sum),
                        body)
                .eTag());
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    /** Once the upload is given up no attempt begins: an interrupt ends only one, and the SDK would begin the next. */
    private InputStream read(byte[] content, int length) {
        if (ended) {
            throw AbortedException.create(key + " is given up");
        }
        return new ByteArrayInputStream(content, 0, length);
    }

    @Override
    public Checksum finish() {
        send();
        List<CompletedPart> parts = new ArrayList<>();
        for (Future<CompletedPart> each : sent) {
            parts.add(await(each));
        }
        call(() -> client.completeMultipartUpload(
                complete -> complete.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts))));
        completed = true;
        return Checksum.of(digest);
    }

    private CompletedPart await(Future<CompletedPart> each) {
        try {
            return each.get();
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a part could not be sent", failed);
        }
    }

    /** Aborts an unfinished upload after the last sender has ended: a part that came later would stay in the store. */
    @Override
    public void close() {
        ended = true;
        senders.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            if (!completed) {
                giveUp();
            }
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUp() throws InterruptedException {
        if (!senders.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("parts of {} are still being sent", key);
        }
        call(() -> client.abortMultipartUpload(
                abort -> abort.bucket(bucket).key(key).uploadId(id)));
    }
}
