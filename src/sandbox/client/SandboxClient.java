import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Talks to the sandbox's Druid and Metabase: SandboxClient COMMAND..., each one of
 * ready, ingest, more, compact, loaded, forgotten, counts.
 * It reads COORDINATOR_URL, BROKER_URL, METABASE_URL and, where set, ROUTER_URL, DRUID_USER and DRUID_PASSWORD.
 * Every wait is bounded; the exit status is 1 when time is up.
 */
public final class SandboxClient {
  private static final String COORDINATOR = System.getenv("COORDINATOR_URL");
  private static final String BROKER = System.getenv("BROKER_URL");
  private static final String ROUTER = System.getenv("ROUTER_URL");
  private static final String METABASE = System.getenv("METABASE_URL");
  private static final int DAYS = 4;

  /** Published and not replaced by a compaction: what has to be available. */
  private static final String LIVE = "is_published = 1 AND is_overshadowed = 0";

  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
  private static final long BEGIN = System.nanoTime();

  public static void main(String[] args) throws Exception {
    try {
      for (String command : args) {
        switch (command) {
          case "ready" -> ready();
          case "ingest" -> ingest();
          case "more" -> more();
          case "compact" -> compact();
          case "loaded" -> loaded();
          case "forgotten" -> forgotten();
          case "counts" -> counts();
          default -> throw new IllegalArgumentException("no such command: " + command);
        }
      }
    } catch (IllegalStateException | IllegalArgumentException e) {
      System.err.println("ERROR: " + e.getMessage());
      System.exit(1);
    }
  }

  // ------------------------------------------------------------------------------------------------- waiting

  private interface Check {
    boolean passes() throws IOException, InterruptedException;
  }

  private static void waitFor(String what, int seconds, Check check) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    String last = "not yet";
    while (System.nanoTime() < end) {
      try {
        if (check.passes()) {
          System.err.printf("  %5.1f s  %s%n", (System.nanoTime() - BEGIN) / 1e9, what);
          return;
        }
      } catch (IOException | IllegalStateException e) {
        last = e.toString();
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("waited " + seconds + " s in vain: " + what + " (" + last + ")");
  }

  /** Each check asks for the thing itself: a service says "healthy" long before it is of use. */
  private static void ready() throws InterruptedException {
    waitFor("Metabase is healthy", 60, () -> get(METABASE + "/api/health").contains("\"ok\""));
    waitFor("coordinator is leader", 180, () -> get(COORDINATOR + "/druid/coordinator/v1/isLeader").contains("true"));
    waitFor("overlord has a worker", 120, () -> get(COORDINATOR + "/druid/indexer/v1/workers").contains("\"capacity\""));
    waitFor("broker answers SQL and sees the historical", 120, () ->
        !sql("SELECT server FROM sys.servers WHERE server_type = 'historical'").isEmpty());
    if (ROUTER != null) {
      waitFor("router answers", 60, () -> get(ROUTER + "/druid/coordinator/v1/isLeader").contains("true"));
    }
  }

  private static void loaded() throws InterruptedException {
    waitFor("every segment is available", 120, () ->
        segments("is_published = 1") > 0 && segments(LIVE + " AND is_available = 0") == 0);
    for (String datasource : datasources()) {
      waitFor(datasource + " can be queried", 60, () -> one("SELECT COUNT(*) FROM \"" + datasource + "\"") != null);
    }
  }

  private static void forgotten() throws InterruptedException {
    waitFor("Druid knows no segment any more", 120, () -> segments("TRUE") == 0);
  }

  // ------------------------------------------------------------------------------------------------- ingest

  private static void ingest() throws IOException, InterruptedException {
    settings();
    // Small limits of rows give several partitions for each day.
    List<String> tasks = List.of(
        submit(indexTask("wiki", 0, 5_000_000, 1, DAYS)),
        submit(indexTask("clicks", 1, 25, 1, DAYS)),
        submit(indexTask("sensor_metrics", 2, 40, 1, DAYS)));
    for (String task : tasks) {
      waitForTask(task);
    }
    waitFor("the segments of all three tasks are published", 60, () -> datasources().size() == tasks.size());
    loaded();
    // The first two days of sensor_metrics once more: their old segments stay "used", overshadowed by the new ones.
    compact("sensor_metrics", "2024-03-01/2024-03-03");
    setUpMetabase();
  }

  /** A fifth day of wiki. */
  private static void more() throws IOException, InterruptedException {
    long before = segments("is_published = 1");
    waitForTask(submit(indexTask("wiki", 0, 5_000_000, DAYS + 1, DAYS + 1)));
    waitFor("the new segment is published", 60, () -> segments("is_published = 1") > before);
    loaded();
  }

  /** The first day of clicks: three segments become one. */
  private static void compact() throws IOException, InterruptedException {
    compact("clicks", "2024-03-01/2024-03-02");
  }

  /** Each day of the interval is published by itself, and the coordinator may look between two: all of it must be replaced. */
  private static void compact(String datasource, String interval) throws IOException, InterruptedException {
    String[] ends = interval.split("/");
    List<String> sources = sql("SELECT segment_id FROM sys.segments WHERE " + LIVE + " AND datasource = '" + datasource
        + "' AND \"start\" >= '" + ends[0] + "' AND \"end\" <= '" + ends[1] + "T00:00:00.000Z'");
    if (sources.isEmpty()) {
      throw new IllegalStateException("nothing to compact: " + datasource + " " + interval);
    }
    String live = LIVE + " AND segment_id IN ('" + String.join("', '", sources) + "')";
    waitForTask(submit("{'type':'compact','dataSource':'" + datasource + "','ioConfig':{'type':'compact','inputSpec':"
        + "{'type':'interval','interval':'" + interval + "'}},'tuningConfig':{'type':'index_parallel',"
        + "'partitionsSpec':{'type':'dynamic','maxRowsPerSegment':5000000}}}"));
    waitFor("compacted segments overshadow all their sources", 60, () -> segments(live) == 0);
    loaded();
  }

  /** Rules, coordinator settings and lookups; each leaves a row in druid_audit as well. */
  private static void settings() throws IOException, InterruptedException {
    // A day instead of a quarter of an hour: overshadowed segments stay "used" while tests run.
    post(COORDINATOR + "/druid/coordinator/v1/config", "{'millisToWaitBeforeDeleting':86400000,'maxSegmentsToMove':3}");
    post(COORDINATOR + "/druid/coordinator/v1/rules/clicks",
        "[{'type':'loadForever','tieredReplicants':{'_default_tier':1}}]");
    post(COORDINATOR + "/druid/coordinator/v1/lookups/config", "{}");
    post(COORDINATOR + "/druid/coordinator/v1/lookups/config", "{'__default':{'country_name':{'version':'" + Instant.now()
        + "','lookupExtractorFactory':{'type':'map','map':{'DE':'Germany','FR':'France','US':'United States'}}}}}");
  }

  private static String indexTask(String datasource, int offset, int maxRowsPerSegment, int first, int last) {
    List<String> rows = new ArrayList<>();
    for (int day = first; day <= last; day++) {
      for (int hour = 0; hour < 24; hour++) {
        for (int minute = 0; minute < 60; minute += 20) {
          rows.add("{'ts':'2024-03-%02dT%02d:%02d:00Z','page':'p%d','country':'%s','status':%d,'bytes':%d}".formatted(
              day, hour, minute, (hour * 7 + minute) % 11, List.of("DE", "FR", "US").get((hour + minute) % 3),
              minute == 0 ? 404 : 200, 100 * offset + hour + minute));
        }
      }
    }
    String data = String.join("\\n", rows).replace("'", "\\\"");
    return "{'type':'index_parallel','spec':{'dataSchema':{'dataSource':'" + datasource + "',"
        + "'timestampSpec':{'column':'ts','format':'iso'},"
        + "'dimensionsSpec':{'dimensions':['page','country',{'type':'long','name':'status'}]},"
        + "'metricsSpec':[{'type':'count','name':'cnt'},{'type':'longSum','name':'bytes','fieldName':'bytes'}],"
        + "'granularitySpec':{'type':'uniform','segmentGranularity':'DAY','queryGranularity':'HOUR','rollup':true}},"
        + "'ioConfig':{'type':'index_parallel','inputSource':{'type':'inline','data':'" + data + "'},"
        + "'inputFormat':{'type':'json'},'appendToExisting':false},"
        + "'tuningConfig':{'type':'index_parallel','maxNumConcurrentSubTasks':1,"
        + "'partitionsSpec':{'type':'dynamic','maxRowsPerSegment':" + maxRowsPerSegment + "}}}}";
  }

  private static String submit(String task) throws IOException, InterruptedException {
    return field("task", post(COORDINATOR + "/druid/indexer/v1/task", task));
  }

  private static void waitForTask(String task) throws InterruptedException {
    String url = COORDINATOR + "/druid/indexer/v1/task/" + task + "/status";
    String[] state = new String[1];
    waitFor("task " + task + " ended", 300, () -> !"RUNNING".equals(state[0] = field("statusCode", get(url))));
    if (!"SUCCESS".equals(state[0])) {
      throw new IllegalStateException("task " + task + ": " + state[0]);
    }
  }

  private static void setUpMetabase() throws IOException, InterruptedException {
    if (get(METABASE + "/api/session/properties").contains("\"has-user-setup\":false")) {
      post(METABASE + "/api/setup", "{}");
    }
  }

  // ------------------------------------------------------------------------------------------------- counts

  private static void counts() throws IOException, InterruptedException {
    for (String datasource : datasources()) {
      long segments = segments(LIVE + " AND datasource = '" + datasource + "'");
      String sums = one("SELECT COUNT(*), SUM(cnt), SUM(\"bytes\") FROM \"" + datasource + "\"");
      // A datasource of which no segment is loaded is no table to the broker.
      System.out.println(datasource + " " + (sums == null ? "0 0 0" : sums.replace(',', ' ')) + " " + segments);
    }
  }

  private static TreeSet<String> datasources() {
    try {
      return new TreeSet<>(sql("SELECT DISTINCT datasource FROM sys.segments WHERE " + LIVE));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the broker does not answer: " + e, e);
    }
  }

  // ------------------------------------------------------------------------------------------------- HTTP

  /** The rows of an answer as CSV lines; none when Druid does not know the table. */
  private static List<String> sql(String query) throws IOException, InterruptedException {
    String body = "{\"resultFormat\":\"csv\",\"query\":\"" + query.replace("\"", "\\\"") + "\"}";
    HttpResponse<String> answer = send(request(BROKER + "/druid/v2/sql").POST(BodyPublishers.ofString(body)));
    if (answer.statusCode() == 400 && answer.body().contains("not found")) {
      return List.of();
    }
    return ok(answer).lines().filter(line -> !line.isBlank()).toList();
  }

  /** Druid answers a COUNT(*) over a system table with no row at all, not with 0, when nothing matches. */
  private static long segments(String condition) throws IOException, InterruptedException {
    String count = one("SELECT COUNT(*) FROM sys.segments WHERE " + condition);
    return count == null ? 0 : Long.parseLong(count);
  }

  private static String one(String query) throws IOException, InterruptedException {
    List<String> rows = sql(query);
    return rows.isEmpty() ? null : rows.get(0);
  }

  private static String get(String url) throws IOException, InterruptedException {
    return ok(send(request(url)));
  }

  /** The body may be written with ' for ". */
  private static String post(String url, String json) throws IOException, InterruptedException {
    return ok(send(request(url).POST(BodyPublishers.ofString(json.replace('\'', '"')))));
  }

  private static HttpRequest.Builder request(String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(20)).header("Content-Type", "application/json");
    String user = System.getenv("DRUID_USER");
    if (user != null && !url.startsWith(METABASE)) {
      String credentials = user + ":" + System.getenv("DRUID_PASSWORD");
      request.header("Authorization",
          "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }
    return request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String ok(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      String body = answer.body();
      throw new IllegalStateException(answer.request().uri() + ": " + answer.statusCode() + " "
          + body.substring(0, Math.min(body.length(), 300)));
    }
    return answer.body();
  }

  private static String field(String name, String json) {
    Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!value.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return value.group(1);
  }
}
