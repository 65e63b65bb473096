package io.multijob.optune.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page's files. Thread-safe.
///
/// A browser asks for each again whenever the page is opened and is told that nothing has changed,
/// so a new version of the service shows at once.
public final class Page implements Handler {

  /// The page runs its own scripts and styles, talks to its own service, and nothing else; text can
  /// become markup nowhere (<https://www.w3.org/TR/trusted-types/>).
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String HTML = "text/html; charset=utf-8";

  private final Map<String, Asset> assets = new LinkedHashMap<>();

  public Page() {
    add("/", "index.html", HTML);
    add("/page/page.css", "page.css", "text/css; charset=utf-8");
    add("/page/icon.svg", "icon.svg", "image/svg+xml");
    add("/page/inter.woff2", "inter.woff2", "font/woff2");
    for (String module :
        List.of(
            "theme", "main", "api", "live", "dom", "format", "chart", "figures", "apps", "runs",
            "run", "help")) {
      add("/page/" + module + ".js", module + ".js", "text/javascript; charset=utf-8");
    }
  }

  @Override
  public Response handle(Request request) {
    Asset asset = assets.get(request.path());
    return asset == null
        ? withPolicy(Response.text(404, "There is no such page.\n"))
        : withPolicy(asset.answer(request));
  }

  /// Answers a visit with the token in the address: takes it out of the address again. A redirect
  /// would not do: a browser that comes from another site's link sends no strict cookie with it.
  public Response welcome(Request request) {
    StringBuilder address = new StringBuilder("/");
    request
        .query()
        .forEach((name, values) -> {
          if (!name.equals("token") && !values.isEmpty()) {
            address.append(address.length() == 1 ? '?' : '&');
            address.append(encode(name)).append('=').append(encode(values.getFirst()));
          }
        });
    String html =
        "<!doctype html><meta charset=\"utf-8\"><title>optune</title>"
            + "<meta http-equiv=\"refresh\" content=\"0;url="
            + address.toString().replace("&", "&amp;")
            + "\">";
    return withPolicy(
        Response.of(200, HTML, html.getBytes(UTF_8)).with("Cache-Control", "no-store"));
  }

  private void add(String path, String file, String contentType) {
    assets.put(path, Asset.load(file, contentType));
  }

  /// Form encoding leaves letters, digits and `.-*_` as they are and no other but `+` and `%`: none
  /// of which means anything in HTML.
  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static Response withPolicy(Response response) {
    return response
        .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }
}
