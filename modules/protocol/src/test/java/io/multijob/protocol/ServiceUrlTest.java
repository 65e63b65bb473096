package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceUrlTest {

  @Test
  void theDefaultIsTheOriginals() {
    ServiceUrl url = ServiceUrl.parse(ServiceUrl.DEFAULT_TEMPLATE, "acme");

    assertThat(url.of("report"))
        .isEqualTo(
            URI.create(
                "https://us-central1-optune-saas-collect.cloudfunctions.net/metrics/acme/report/servo"));
    assertThat(url.global().getPath()).isEqualTo("/metrics/acme/_global_/servo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/b?c=d#e    | a%2Fb%3Fc%3Dd%23e
          ..           | %2E%2E
          .            | %2E
          ...          | ...
          ü 100%+1     | %C3%BC%20100%25%2B1
          {acct}       | %7Bacct%7D
          {app_id}     | %7Bapp_id%7D
          $1\\         | %241%5C
          """)
  void anAppIdIsAlwaysOneSegment(String appId, String segment) {
    ServiceUrl url =
        ServiceUrl.parse("http://localhost:8090/metrics/{acct}/{app_id}/servo", "acme");

    assertThat(url.of(appId))
        .hasToString("http://localhost:8090/metrics/acme/" + segment + "/servo");
  }

  @Test
  void anAccountIsAlwaysOneSegment() {
    ServiceUrl url = ServiceUrl.parse("http://localhost/{acct}/x", "a/../{app_id}");

    assertThat(url.of("report")).hasToString("http://localhost/a%2F..%2F%7Bapp_id%7D/x");
  }

  @Test
  void aPlaceholderMayComeTwiceOrNotAtAll() {
    assertThat(ServiceUrl.parse("http://h/{app_id}?app={app_id}", "").of("a&b"))
        .hasToString("http://h/a%26b?app=a%26b");
    assertThat(ServiceUrl.parse("http://h/all", "acme").of("a")).hasToString("http://h/all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://h/{acct}/{app_id}  | ''   | it contains {acct}, but there is no account
          http://h/{acct}/{app}     | acme | it contains {app}, only {acct} and {app_id} are known
          http://h/{}               | acme | it contains {}, only {acct} and {app_id} are known
          /metrics/{app_id}         | acme | it should begin with http:// or https://
          ftp://h/{app_id}          | acme | it should begin with http:// or https://
          http:///{app_id}          | acme | it has no host name
          http://{app_id}           | acme | it has no host name
          http://me:secret@h/       | acme | it should hold no user name or password: the token is a setting of its own
          http://h/{app_id}#end     | acme | it should have no fragment (#)
          http://h/a b?token=secret | acme | it is not a URL: Illegal character in path
          ''                        | acme | it should begin with http:// or https://
          """)
  void saysWhatIsWrongWithoutQuotingIt(String template, String account, String message) {
    assertThatThrownBy(() -> ServiceUrl.parse(template, account))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @Test
  void anEmptyAppIdHasNoUrl() {
    ServiceUrl url = ServiceUrl.parse("http://h/{app_id}", "");

    assertThatThrownBy(() -> url.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the app id is empty");
  }

  @Test
  void isShownWithoutItsQuery() {
    assertThat(ServiceUrl.parse("http://h/{acct}/{app_id}", "a b"))
        .hasToString("http://h/a%20b/{app_id}");
    assertThat(ServiceUrl.parse("http://h/{app_id}?key=secret", ""))
        .hasToString("http://h/{app_id}?...");
  }
}
