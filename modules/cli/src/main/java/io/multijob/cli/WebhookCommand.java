package io.multijob.cli;

import io.multijob.servo.ConfigurationException;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.webhook.Destination;
import io.multijob.servo.webhook.WebhookManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `servo webhook`: the MutatingWebhookConfiguration that leads pods to a servo.
@Command(
    name = "webhook",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the webhook configuration that leads pods to the servo.",
      "It is the MutatingWebhookConfiguration servo.optune.io, for kubectl apply -f -. Of the"
          + " settings of `servo run` it needs POD_NAMESPACES, which says whose pods come.",
      "The servo's certificate is good for what it leads to, within seconds after it was applied."
    })
final class WebhookCommand implements Callable<Integer> {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Where where = new Where();

  private final PrintStream out = System.out;
  private final Map<String, String> environment;

  /// How the API server reaches the servo: one of them.
  private static final class Where {
    @Option(
        names = "--service",
        paramLabel = "NAMESPACE/NAME",
        description = "By this Service, its port 443.")
    private String service = "";

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "By https at a host, such as https://10.0.0.5:8443.")
    private String url = "";
  }

  WebhookCommand() {
    this(System.getenv());
  }

  WebhookCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try {
      Destination destination =
          where.url.isEmpty()
              ? Destination.Service.parse(where.service)
              : Destination.Url.parse(where.url);
      ServoConfig config = ManifestConfig.from(environment);
      Set<Scope> scopes = config.pods().scopes();
      out.print(
          WebhookManifest.yaml(destination, scopes.isEmpty() ? Set.of(own(destination)) : scopes));
      return ExitCode.STOPPED;
    } catch (ConfigurationException | IllegalArgumentException e) {
      System.err.println("servo webhook: " + e.getMessage());
      return ExitCode.CONFIGURATION;
    } catch (IOException e) {
      System.err.println(
          "servo webhook: POD_NAMESPACES is not set, and our own namespace is not known: "
              + e.getMessage());
      return ExitCode.CONFIGURATION;
    }
  }

  /// The namespace that a servo watches which is told of none. The cluster is not asked: the way to
  /// it names ours.
  private Scope own(Destination destination) throws IOException {
    return switch (destination) {
      case Destination.Service service -> new Scope(service.namespace());
      case Destination.Url url -> {
        try (KubernetesApi api = KubernetesApi.open(ClusterAccess.find(environment))) {
          yield new Scope(api.namespace());
        }
      }
    };
  }
}
