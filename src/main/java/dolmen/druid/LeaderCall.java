package dolmen.druid;

import dolmen.model.StepFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows the redirections by which coordinators and overlords that do not lead name the leader. Credentials go only to
 * the host of the settings and to hosts that the stack names as its leaders; at most {@link #HOPS} redirections.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/operations/api-reference.html">Druid: leadership</a>
 */
final class LeaderCall implements DruidCall {
    private static final int HOPS = 4;
    private static final int LONGEST_ADDRESS = 2048;
    private static final List<String> LEADERS = List.of("/druid/coordinator/v1/leader", "/druid/indexer/v1/leader");

    private final DruidCall call;
    private final URI base;

    LeaderCall(DruidCall call, URI base) {
        this.call = call;
        this.base = base;
    }

    @Override
    public <T> T send(DruidRequest request, Reader<T> reader) {
        List<String> servers = new ArrayList<>(List.of(request.server()));
        DruidRequest next = request;
        while (servers.size() <= HOPS + 1) {
            Step<T> step = step(next, reader);
            if (step.target().isEmpty()) {
                return step.result();
            }
            URI target = next.uri().resolve(step.target().get());
            permit(next, target);
            next = next.to(target);
            servers.add(next.server());
        }
        throw new StepFailure.Unavailable(
                "druid redirects without end: " + String.join(" -> ", servers),
                "Look at the coordinators: no two of them may name each other as the leader.");
    }

    private <T> Step<T> step(DruidRequest request, Reader<T> reader) {
        return call.send(request, reply -> {
            if (!isRedirection(reply.status())) {
                return new Step<>(Optional.empty(), reader.read(reply));
            }
            return new Step<>(Optional.of(location(request, reply)), null);
        });
    }

    private static boolean isRedirection(int status) {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    private static URI location(DruidRequest request, DruidReply reply) {
        try {
            return URI.create(reply.location().orElseThrow(() -> new IllegalArgumentException("no Location")));
        } catch (IllegalArgumentException wrong) {
            throw new StepFailure.Unavailable(
                    "druid redirects " + request.what() + " to nowhere: " + wrong.getMessage(),
                    "Look whether a coordinator leads.",
                    wrong);
        }
    }

    private void permit(DruidRequest from, URI target) {
        if ("https".equals(from.uri().getScheme()) && !"https".equals(target.getScheme())) {
            throw new StepFailure.Failed(
                    "druid at " + from.server() + " redirects to " + target + ", which is not encrypted",
                    "Set dolmen.druid.url to an https address of the leader or of the router.");
        }
        boolean addressable = target.getHost() != null;
        if (addressable && (target.getHost().equalsIgnoreCase(base.getHost()) || isLeader(target))) {
            return;
        }
        throw new StepFailure.Failed(
                "druid at " + from.server() + " redirects to " + target.getRawAuthority()
                        + ", which is not known as a leader of this stack",
                "Set dolmen.druid.url to the router or to the leader; no credentials were sent there.");
    }

    private boolean isLeader(URI target) {
        return LEADERS.stream()
                .anyMatch(path -> leader(path)
                        .filter(leader -> leader.getRawAuthority() != null)
                        .filter(leader -> leader.getRawAuthority().equalsIgnoreCase(target.getRawAuthority()))
                        .isPresent());
    }

    private Optional<URI> leader(String path) {
        return call.send(DruidRequest.get(JsonClient.resolve(base, path)), reply -> {
            if (reply.status() != 200) {
                return Optional.empty();
            }
            byte[] address = reply.body().readNBytes(LONGEST_ADDRESS);
            return JsonClient.address(new String(address, StandardCharsets.UTF_8));
        });
    }

    private record Step<T>(Optional<URI> target, T result) {}
}
