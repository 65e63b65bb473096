package io.multijob.servo.kubernetes;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.http.HttpClient;

/// The library's client without threads between the one that hears the network and those that wait
/// for what comes: nothing of ours that it calls blocks, and each hand-over costs more than what is
/// handed over.
final class DirectClientFactory extends JdkHttpClientFactory {

  @Override
  protected void additionalConfig(HttpClient.Builder builder) {
    builder.executor(Runnable::run);
  }
}
