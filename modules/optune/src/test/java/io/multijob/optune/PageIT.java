package io.multijob.optune;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.multijob.optune.access.Access;
import io.multijob.optune.run.Runs;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser. Needs a Chromium: Debian's package `chromium`, or the path of
/// another in the environment's `CHROMIUM`.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageIT {
  private static final String EVIL = "<img src=x onerror=\"window.hacked=1\">";

  private final List<String> complaints = new ArrayList<>();
  private final List<String> foreignRequests = new ArrayList<>();
  private Playwright playwright;
  private Browser browser;
  private Client client;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  void startBrowser() {
    Optional<Path> chromium = chromium();
    assumeTrue(
        chromium.isPresent(),
        "no Chromium found: install the package chromium, or set CHROMIUM to the path of one");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.get())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  @AfterAll
  void stopBrowser() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void openPage(@TempDir Path directory) throws Exception {
    complaints.clear();
    foreignRequests.clear();
    client = Client.ofOpenService(directory);
    context = browser.newContext();
    page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
    page.onRequest(request -> {
      if (!request.url().startsWith(client.url().toString())) {
        foreignRequests.add(request.url());
      }
    });
  }

  @AfterEach
  void closePage() throws Exception {
    context.close();
    client.close();
  }

  @Test
  void saysHowToSendTheFirstRunAndShowsItWhenItComes() throws Exception {
    page.navigate(client.url().toString());
    assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("No runs yet");
    assertThat(page.locator("pre").last())
        .containsText("curl " + client.url() + "/metrics/me/hello/servo");
    assertThat(page.locator("#live")).hasText("Live");

    client.report(Runs.succeeded("pod-1", "ci/build", 2.345));

    assertThat(page.locator(".apps .app-name")).hasText("ci/build");
    assertThat(page.locator(".apps .c-duration span")).hasText("2.35 s");
    assertThat(page.locator(".runs .app-name")).hasText("ci/build");
    assertThat(complaints).isEmpty();
    assertThat(foreignRequests).isEmpty();
  }

  @Test
  void updatesAnAppInPlaceWhenItRunsAgain() throws Exception {
    client.report(Runs.succeeded("pod-1", "ci/build", 1));
    page.navigate(client.url().toString());
    page.locator(".apps tbody tr").evaluate("row => row.mark = 'the same row'");

    client.report(Runs.failed("pod-2", "ci/build", 3));

    assertThat(page.locator(".apps .c-runs").last()).hasText("2");
    assertThat(page.locator(".apps .c-failed").last()).hasText("1");
    assertThat(page.locator(".apps tbody tr").evaluate("row => row.mark"))
        .isEqualTo("the same row");
  }

  @Test
  void addsANewRunAboveTheOthersAndLeavesTheOpenOneOpen() throws Exception {
    client.report(Runs.succeeded("pod-1", "ci/build", 1));
    page.navigate(client.url() + "/?view=runs&run=pod-1");
    assertThat(page.locator(".run-detail")).isVisible();
    page.locator(".run-detail").evaluate("detail => detail.mark = 'the same detail'");

    client.report(Runs.failed("pod-2", "ci/test", 3));

    assertThat(page.locator(".runs tbody")).hasCount(2);
    assertThat(page.locator(".runs tbody").first()).containsText("OOMKilled");
    assertThat(page.locator(".run-detail").evaluate("detail => detail.mark"))
        .isEqualTo("the same detail");
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsTheRunsOfAnAppOnlyOnItsPage() throws Exception {
    client.report(Runs.succeeded("pod-1", "ci/build", 1));
    page.navigate(client.url() + "/?app=ci%2Fbuild");
    assertThat(page.locator(".runs tbody")).hasCount(1);

    client.report(Runs.succeeded("pod-2", "other", 1));
    client.report(Runs.succeeded("pod-3", "ci/build", 1));

    assertThat(page.locator(".figure b").first()).hasText("2");
    assertThat(page.locator(".runs tbody")).hasCount(2);
  }

  @Test
  void keepsTheAddressInStepWithWhatIsShown() throws Exception {
    client.report(Runs.succeeded("pod-1", "ci/build", 1));
    client.report(Runs.succeeded("pod-2", "ci/test", 1));
    page.navigate(client.url().toString());

    page.getByLabel("Filter apps by name").fill("build");
    assertThat(page.locator(".apps .app-name")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("\\?q=build$"));
    page.locator(".apps .app-name").click();
    assertThat(page).hasURL(Pattern.compile("\\?app=ci%2Fbuild$"));
    page.locator(".toggle").click();
    assertThat(page).hasURL(Pattern.compile("\\?app=ci%2Fbuild&run=pod-1$"));
    page.reload();
    assertThat(page.locator(".run-detail")).isVisible();
    page.goBack();
    assertThat(page.locator(".apps .app-name")).hasText("ci/build");
  }

  @Test
  void canBeUsedWithTheKeyboardAlone() throws Exception {
    client.report(Runs.succeeded("pod-1", "ci/build", 1));
    page.navigate(client.url().toString());
    assertThat(page.locator(".apps .app-name")).isVisible();

    page.keyboard().press("/");
    page.keyboard().type("build");
    page.keyboard().press("Tab");
    while (!page.evaluate("document.activeElement.className").equals("app-name")) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Enter");
    assertThat(page.locator(".toggle")).isVisible();
    page.locator(".toggle").focus();
    page.keyboard().press("Enter");

    assertThat(page.locator(".toggle")).hasAttribute("aria-expanded", "true");
    assertThat(page.locator(".run-detail")).isVisible();
  }

  @Test
  void showsMarkupInWhatIsReportedAsText() throws Exception {
    Annotations annotations =
        new Annotations(
            Map.of(Annotation.REASON.wire(), EVIL, Annotation.POD.wire(), EVIL, EVIL, EVIL));
    client.report(Runs.of(EVIL, EVIL, new Measurement(new Outcome.Failed(EVIL), annotations)));

    page.navigate(client.url().toString());
    assertThat(page.locator(".apps .app-name")).hasText(EVIL);
    page.locator(".apps .app-name").click();
    assertThat(page.locator("h1")).hasText(EVIL);
    page.locator(".toggle").click();

    assertThat(page.locator(".run-detail .message")).hasText(EVIL);
    assertThat(page.locator(".annotations dt").last()).hasText(EVIL);
    assertThat(page.locator("main img")).hasCount(0);
    assertThat(page.evaluate("'hacked' in window")).isEqualTo(false);
    assertThat(complaints).isEmpty();
  }

  @Test
  void runsNoScriptThatIsNotItsOwn() throws Exception {
    page.navigate(client.url().toString());

    Object refused =
        page.evaluate(
            """
            () => {
              const script = document.createElement("script");
              try {
                script.textContent = "window.hacked = 1";
                document.body.append(script);
                document.body.innerHTML = "<b>markup</b>";
                return "hacked" in window ? "ran" : "markup became elements";
              } catch (error) {
                return error.name;
              }
            }\
            """);

    assertThat(refused).isEqualTo("TypeError");
  }

  @Test
  void saysWhenTheConnectionIsLostAndWhenItIsBack() throws Exception {
    page.navigate(client.url().toString());
    assertThat(page.locator("#live")).hasText("Live");

    context.route("**/api/v1/stream*", route -> route.abort());
    page.evaluate("dispatchEvent(new Event('online'))");

    assertThat(page.locator("#live")).hasText("Connection lost");
    assertThat(page.locator("#banner")).isVisible();

    context.unroute("**/api/v1/stream*");
    client.report(Runs.succeeded("pod-1", "meanwhile", 1));

    assertThat(page.locator("#live")).hasText("Live");
    assertThat(page.locator("#banner")).isHidden();
    assertThat(page.locator(".apps .app-name")).hasText("meanwhile");
  }

  @Test
  void opensWithTheTokenOnceAndThenByItsCookie(@TempDir Path directory) throws Exception {
    try (Client closed = Client.of(directory, new Access.Token("s3cret"))) {
      closed.with("Authorization", "Bearer s3cret");
      closed.report(Runs.succeeded("pod-1", "ci/build", 1));

      page.navigate(closed.url() + "/?token=s3cret&view=runs");

      assertThat(page.locator(".runs .app-name")).hasText("ci/build");
      assertThat(page).hasURL(Pattern.compile("/\\?view=runs$"));
      assertThat(page.locator("#live")).hasText("Live");
      page.reload();
      assertThat(page.locator(".runs .app-name")).hasText("ci/build");
    }
  }

  @Test
  void fitsANarrowScreen() throws Exception {
    client.report(
        Runs.failed("pod-1", "a-name-that-is-longer-than-a-narrow-screen-is-wide/build", 1));
    page.setViewportSize(360, 740);

    for (String view : List.of("/", "/?view=runs&run=pod-1")) {
      page.navigate(client.url() + view);
      assertThat(page.locator(".app-name").first()).isVisible();

      Object overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assertThat((Integer) overflow).isNotPositive();
    }
  }

  private static Optional<Path> chromium() {
    return Stream.of(
            System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"),
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
