package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An image for this machine's platform in one file: an OCI image layout in a tar archive, with a
/// Docker archive's `manifest.json` beside it, so that `ctr images import`, `docker load`, `podman
/// load` and `skopeo copy oci-archive:` all take it. Equal files make equal archives.
///
/// The formats: github.com/opencontainers/image-spec, `image-layout.md`, `config.md`,
/// `manifest.md`; github.com/moby/moby, `image/spec/spec.md`.
final class OciArchive {
  private static final String CREATED = "1980-01-01T00:00:00Z";
  private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;
  private final List<Layer> layers = new ArrayList<>();

  private OciArchive(Path directory) {
    this.directory = directory;
  }

  /// A layer as it will lie in the archive.
  ///
  /// @param content the sum of its tar archive
  /// @param blob its compressed file
  private record Layer(String content, Blob blob) {}

  /// @param sha256 its sum, in hexadecimal
  private record Blob(String mediaType, String sha256, long size) {
    String path() {
      return "blobs/sha256/" + sha256;
    }

    ObjectNode descriptor() {
      return JSON.createObjectNode()
          .put("mediaType", mediaType)
          .put("digest", "sha256:" + sha256)
          .put("size", size);
    }
  }

  /// Writes an image.
  ///
  /// @param archive the file to write, in a directory that is there
  /// @param name such as `localhost/podmon:1`
  /// @throws IOException if a file cannot be read or written
  static void write(Path archive, String name, Image content) throws IOException {
    Path directory = Files.createTempDirectory(archive.toAbsolutePath().getParent(), "image");
    try {
      var image = new OciArchive(directory);
      for (FileTree layer : content.layers()) {
        image.addLayer(layer);
      }
      image.writeArchive(archive, name, content.config());
    } finally {
      Directories.delete(directory);
    }
  }

  private void addLayer(FileTree tree) throws IOException {
    Path file = Files.createTempFile(directory, "layer", ".tar.gz");
    MessageDigest outer = sha256();
    MessageDigest inner = sha256();
    try (var compressed = new DigestOutputStream(Files.newOutputStream(file), outer);
        var content = new DigestOutputStream(new GZIPOutputStream(compressed), inner);
        var tar = new TarWriter(content)) {
      write(tree, tar);
    }
    var blob = new Blob(LAYER_TYPE, hex(outer), Files.size(file));
    Files.move(file, directory.resolve(blob.sha256));
    layers.add(new Layer(hex(inner), blob));
  }

  private static void write(FileTree tree, TarWriter tar) throws IOException {
    for (var entry : tree.entries().entrySet()) {
      switch (entry.getValue()) {
        case FileTree.Entry.Directory() -> tar.directory(entry.getKey(), 0755);
        case FileTree.Entry.OpenDirectory() -> tar.directory(entry.getKey(), 01777);
        case FileTree.Entry.File(Path source, boolean executable) ->
            tar.file(entry.getKey(), executable ? 0755 : 0644, source);
      }
    }
  }

  private void writeArchive(Path archive, String name, ImageConfig config) throws IOException {
    byte[] configuration = bytes(configuration(config));
    Blob configBlob = blob(CONFIG_TYPE, configuration);
    byte[] manifest = bytes(manifest(configBlob));
    Blob manifestBlob = blob(MANIFEST_TYPE, manifest);
    Path unfinished = directory.resolve("archive.tar");
    try (OutputStream out = Files.newOutputStream(unfinished);
        var tar = new TarWriter(out)) {
      tar.file("oci-layout", 0644, "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(UTF_8));
      tar.file("index.json", 0644, bytes(index(manifestBlob, name)));
      tar.file("manifest.json", 0644, bytes(dockerManifest(configBlob, name)));
      tar.directory("blobs", 0755);
      tar.directory("blobs/sha256", 0755);
      tar.file(configBlob.path(), 0644, configuration);
      tar.file(manifestBlob.path(), 0644, manifest);
      for (Layer layer : layers) {
        tar.file(layer.blob.path(), 0644, directory.resolve(layer.blob.sha256));
      }
    }
    Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode configuration(ImageConfig config) {
    ObjectNode root =
        JSON.createObjectNode()
            .put("created", CREATED)
            .put("architecture", architecture())
            .put("os", "linux");
    ObjectNode start = root.putObject("config").put("User", ImageConfig.USER);
    putTexts(start, "Entrypoint", config.entrypoint());
    putTexts(start, "Cmd", config.command());
    putTexts(
        start,
        "Env",
        config.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .sorted()
            .toList());
    ArrayNode sums = root.putObject("rootfs").put("type", "layers").putArray("diff_ids");
    layers.forEach(layer -> sums.add("sha256:" + layer.content));
    ArrayNode history = root.putArray("history");
    layers.forEach(_ -> history.addObject().put("created", CREATED));
    return root;
  }

  private static void putTexts(ObjectNode node, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = node.putArray(field);
      texts.forEach(array::add);
    }
  }

  private ObjectNode manifest(Blob config) {
    ObjectNode root =
        JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST_TYPE);
    root.set("config", config.descriptor());
    ArrayNode blobs = root.putArray("layers");
    layers.forEach(layer -> blobs.add(layer.blob.descriptor()));
    return root;
  }

  private static ObjectNode index(Blob manifest, String name) {
    ObjectNode root = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX_TYPE);
    ObjectNode image = manifest.descriptor();
    image
        .putObject("annotations")
        .put("io.containerd.image.name", name)
        .put("org.opencontainers.image.ref.name", name.substring(name.lastIndexOf(':') + 1));
    root.putArray("manifests").add(image);
    return root;
  }

  private ArrayNode dockerManifest(Blob config, String name) {
    ArrayNode root = JSON.createArrayNode();
    ObjectNode image = root.addObject().put("Config", config.path());
    image.putArray("RepoTags").add(name);
    ArrayNode files = image.putArray("Layers");
    layers.forEach(layer -> files.add(layer.blob.path()));
    return root;
  }

  /// As Go names it.
  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("aarch64") ? "arm64" : name;
  }

  private static Blob blob(String mediaType, byte[] content) {
    MessageDigest digest = sha256();
    digest.update(content);
    return new Blob(mediaType, hex(digest), content.length);
  }

  private static byte[] bytes(JsonNode node) {
    return JSON.writeValueAsBytes(node);
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
