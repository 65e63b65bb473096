package io.multijob.sandbox.run.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/// The path of objects in the API. Names of objects need no encoding.
public final class ResourcePath {
  private ResourcePath() {}

  /// All pods.
  public static String pods() {
    return "/api/v1/pods";
  }

  public static String pods(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/pods";
  }

  public static String pod(String namespace, String name) {
    return pods(namespace) + "/" + name;
  }

  public static String nodes() {
    return "/api/v1/nodes";
  }

  /// All jobs.
  public static String jobs() {
    return "/apis/batch/v1/jobs";
  }

  public static String job(String namespace, String name) {
    return "/apis/batch/v1/namespaces/" + namespace + "/jobs/" + name;
  }

  /// `path` with one more query parameter.
  static String with(String path, String parameter, String value) {
    return path
        + (path.contains("?") ? "&" : "?")
        + parameter
        + "="
        + URLEncoder.encode(value, UTF_8);
  }

  /// `path` narrowed to the objects whose fields are as `selector` says.
  public static String withFields(String path, String selector) {
    return with(path, "fieldSelector", selector);
  }

  /// `path` narrowed to the objects whose labels are as `selector` says.
  public static String withLabels(String path, String selector) {
    return with(path, "labelSelector", selector);
  }
}
