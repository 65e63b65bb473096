package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class FaultsIT {
  private static final String WATCH = Client.PODS + "?watch=1&timeoutSeconds=10";

  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(ApiServerConfig.of((namespace, pod, container) -> Optional.empty()));
    server.start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void refusesAsOftenAsItWasTold() throws Exception {
    server.faults().inject(new Fault(Requests.lists("pods"), 1, 2, Fault.refusal(503, 7)));

    assertThat(client.get(Client.PODS).code()).isEqualTo(200);
    assertThat(client.get("/api/v1/nodes").code()).isEqualTo(200);
    Client.Answer refused = client.get(Client.PODS);
    assertThat(refused.code()).isEqualTo(503);
    assertThat(refused.at("reason")).isEqualTo("ServiceUnavailable");
    assertThat(refused.response().headers().firstValue("Retry-After")).contains("7");
    assertThat(client.get(Client.PODS).code()).isEqualTo(503);
    assertThat(client.get(Client.PODS).code()).isEqualTo(200);
    assertThat(server.faults().areSpent()).isTrue();
  }

  @Test
  void refusesOneMethodAndPathOnly() throws Exception {
    client.createPod("a");
    server
        .faults()
        .inject(
            Fault.once(
                Requests.withMethod("PATCH").and(Requests.to(".*/pods/a")), Fault.refusal(500)));

    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(200);
    assertThat(client.patch(Client.PODS + "/a", Client.MERGE, "{}").code()).isEqualTo(500);
    assertThat(client.patch(Client.PODS + "/a", Client.MERGE, "{}").code()).isEqualTo(200);
  }

  @Test
  void anAnswerComesLate() throws Exception {
    server.faults().inject(Fault.once(Requests.any(), new Fault.Delay(Duration.ofMillis(300))));

    long start = System.nanoTime();
    client.get(Client.PODS);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void cutsAWatchInTheMiddleOfAnEvent() throws Exception {
    server.faults().inject(Fault.once(Requests.watches("pods"), new Fault.Cut()).after(1));
    try (Watch watch = client.watch(WATCH)) {
      client.createPod("a");
      client.createPod("b");

      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThatThrownBy(watch::nextOrEnd).isInstanceOf(IOException.class);
    }
    try (Watch watch = client.watch(WATCH)) {
      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(watch.next().summary()).isEqualTo("ADDED b");
    }
  }

  @Test
  void putsGarbageBetweenEvents() throws Exception {
    server.faults().inject(Fault.once(Requests.watches("pods"), new Fault.Garbage()));
    try (Watch watch = client.watch(WATCH)) {
      client.createPod("a");

      assertThat(watch.nextLine()).isNotEmpty().doesNotContain("ADDED");
      assertThat(watch.next().summary()).isEqualTo("ADDED a");
    }
  }

  @Test
  void endsAWatchWithAnEventLeftOut() throws Exception {
    server.faults().inject(Fault.once(Requests.watches("pods"), new Fault.End()));
    try (Watch watch = client.watch(WATCH)) {
      client.createPod("a");

      assertThat(watch.nextOrEnd()).isEmpty();
    }
  }

  @Test
  void endsAWatchBecauseItIsTooOld() throws Exception {
    server.faults().inject(Fault.once(Requests.watches("pods"), new Fault.EventExpiry()).after(1));
    try (Watch watch = client.watch(WATCH)) {
      client.createPod("a");
      client.createPod("b");

      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(watch.next().object().path("code").asInt()).isEqualTo(410);
      assertThat(watch.nextOrEnd()).isEmpty();
    }
  }

  @Test
  void anEventComesLate() throws Exception {
    server
        .faults()
        .inject(Fault.once(Requests.watches("pods"), new Fault.EventDelay(Duration.ofMillis(300))));
    try (Watch watch = client.watch(WATCH)) {
      long start = System.nanoTime();
      client.createPod("a");

      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    }
  }

  @Test
  void saysThatAVersionIsTooOld() throws Exception {
    server.faults().inject(Fault.once(Requests.any(), new Fault.Expiry()).times(2));

    Client.Answer list = client.get(Client.PODS);
    Client.Answer watch = client.get(WATCH + "&resourceVersion=1");

    assertThat(list.code()).isEqualTo(410);
    assertThat(watch.code()).isEqualTo(200);
    assertThat(Json.text(watch.json(), "type")).isEqualTo("ERROR");
    assertThat(watch.json().at("/object/code").asInt()).isEqualTo(410);
  }

  @Test
  void hangsUp() throws Exception {
    server.faults().inject(Fault.once(Requests.lists("pods"), new Fault.HangUp()));

    assertThatThrownBy(() -> client.get(Client.PODS)).isInstanceOf(IOException.class);
    assertThat(client.get(Client.PODS).code()).isEqualTo(200);
  }

  @Test
  void aServerThatWasStoppedComesBackWhereItWas() throws Exception {
    client.createPod("a");
    try (Watch watch = client.watch(WATCH)) {
      assertThat(watch.next().summary()).isEqualTo("ADDED a");

      server.stop();

      assertThatThrownBy(watch::next).isInstanceOfAny(IOException.class, AssertionError.class);
    }
    assertThatThrownBy(() -> client.get(Client.PODS)).isInstanceOf(ConnectException.class);
    server.start();
    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(200);
  }

  @Test
  void whatIsClearedDoesNotHappen() throws Exception {
    server.faults().inject(Fault.once(Requests.any(), Fault.refusal(500)));
    server.faults().clear();

    assertThat(client.get(Client.PODS).code()).isEqualTo(200);
  }
}
