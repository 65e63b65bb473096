package io.multijob.optune.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTest {
  private final Page page = new Page();

  @Test
  void everyFileThatAFileOfThePageNamesIsThere() {
    Pattern reference =
        Pattern.compile(
            "(?:href|src)=\"(page/[^\"]+)\"|from \"\\./([^\"]+)\"|url\\(\"([^\"]+)\"\\)");
    List<String> unseen = new ArrayList<>(List.of("/"));
    List<String> seen = new ArrayList<>();
    while (!unseen.isEmpty()) {
      String path = unseen.removeFirst();
      seen.add(path);
      Response.Complete file = get(path, Map.of());

      assertThat(file.status()).as(path).isEqualTo(200);

      reference
          .matcher(new String(file.body(), UTF_8))
          .results()
          .map(found ->
              found.group(1) != null
                  ? "/" + found.group(1)
                  : "/page/" + (found.group(2) != null ? found.group(2) : found.group(3)))
          .filter(named -> !seen.contains(named) && !unseen.contains(named))
          .forEach(unseen::add);
    }
    assertThat(seen)
        .contains("/page/main.js", "/page/format.js", "/page/page.css", "/page/inter.woff2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/page/../store/V1__runs.sql", "/page/inter-LICENSE.txt", "/index.html", "/x"})
  void showsNothingElse(String path) {
    assertThat(get(path, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void letsNothingForeignIn() {
    assertThat(get("/", Map.of()).headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
  }

  @Test
  void isNotSentAgainWhenItIsKnown() {
    String tag = get("/page/main.js", Map.of()).headers().get("ETag");

    Response.Complete again = get("/page/main.js", Map.of("if-none-match", List.of("W/" + tag)));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void isPackedForABrowserThatCanReadIt() throws IOException {
    byte[] plain = get("/page/main.js", Map.of()).body();

    Response.Complete packed =
        get("/page/main.js", Map.of("accept-encoding", List.of("gzip, deflate")));

    assertThat(packed.headers()).containsEntry("Content-Encoding", "gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain);
  }

  private Response.Complete get(String path, Map<String, List<String>> headers) {
    Request request = new Request("GET", path, Map.of(), headers, new byte[0], "127.0.0.1");
    return (Response.Complete) page.handle(request);
  }
}
