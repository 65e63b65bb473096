# The node: containerd, runc and the kubelet; with --network also a pod network, kube-proxy and DNS.

CONTAINERD_SOCKET=$RUN/containerd/containerd.sock

start_node() {
  local name=127.0.0.1 address=127.0.0.1 mounts
  if has_network; then name=node1 address=10.99.0.1; fi

  # A mount namespace whose mounts are shared, as on a machine under systemd: mount propagation works, and no pod's mount shows up outside.
  start_component mounts unshare --mount --propagation shared sleep infinity
  mounts=$(cat "$RUN/pids/mounts.pid")
  wait_for mounts 50 in_other_mount_namespace "$mounts"

  write_pod_network
  write_containerd_configuration
  start_component containerd nsenter --target "$mounts" --mount containerd --config "$RUN/containerd.toml"
  wait_for containerd 300 ctr --address "$CONTAINERD_SOCKET" version
  command_load "$HOME_DIR"/images/*.tar >/dev/null

  write_kubelet_configuration "$address"
  start_component kubelet nsenter --target "$mounts" --mount kubelet --config="$RUN/kubelet.yaml" --kubeconfig="$RUN/kubelet.kubeconfig" \
    --root-dir="$RUN/kubelet" --cert-dir="$RUN/kubelet/pki" --hostname-override="$name" $(has_network && echo "--node-ip=$address")
  if has_network; then
    start_component proxy kube-proxy --kubeconfig="$RUN/proxy.kubeconfig" --hostname-override="$name" --cluster-cidr=10.244.0.0/24 \
      --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0s --conntrack-tcp-timeout-close-wait=0s
    write_dns_configuration
    start_component dns coredns -conf "$RUN/Corefile"
  fi
  wait_for kubelet 900 inside kubectl wait --for=condition=Ready --timeout=5s "node/$name"
}

# The node's images and containers; without the notice that cgroup v1 is on its way out.
node_ctr() { ctr --address "$CONTAINERD_SOCKET" --namespace k8s.io "$@" 2> >(grep -v 'cgroup v1 is deprecated' >&2); }

in_other_mount_namespace() { [ "$(readlink "/proc/$1/ns/mnt")" != "$(readlink /proc/self/ns/mnt)" ]; }

# Without --network a pod that is not on the host's network gets a bridge with no other end: nothing of it leaves its namespace.
write_pod_network() {
  local gateway=false routes=
  if has_network; then gateway=true routes=', "routes": [{"dst": "0.0.0.0/0"}]'; fi
  mkdir -p "$RUN/cni"
  cat >"$RUN/cni/10-pods.conflist" <<EOF
{"cniVersion": "1.0.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "multijob0", "isGateway": $gateway, "ipMasq": false,
   "ipam": {"type": "host-local", "dataDir": "$RUN/cni/leases", "ranges": [[{"subnet": "10.244.0.0/24"}]]$routes}}]}
EOF
}

write_containerd_configuration() {
  cat >"$RUN/containerd.toml" <<EOF
version = 3
root = "$RUN/containerd/root"
state = "$RUN/containerd/state"
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.erofs", "io.containerd.internal.v1.opt"]

[grpc]
address = "$CONTAINERD_SOCKET"

[ttrpc]
address = "$CONTAINERD_SOCKET.ttrpc"

[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = "localhost/pause:1"

[plugins.'io.containerd.cri.v1.runtime']
# Without CAP_SYS_RESOURCE nothing may get an OOM score below our own.
restrict_oom_score_adj = true
disable_apparmor = true

[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ["/usr/lib/cni"]
conf_dir = "$RUN/cni"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
SystemdCgroup = false
EOF
}

write_kubelet_configuration() { # ADDRESS
  local open_files
  open_files=$(ulimit -Hn)
  if [ "$open_files" = unlimited ]; then open_files=1000000; fi
  mkdir -p "$RUN/kubelet"
  cat >"$RUN/kubelet.yaml" <<EOF
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $1
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $RUN/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $RUN/pki/kubelet-server.crt
tlsPrivateKeyFile: $RUN/pki/kubelet-server.key
containerRuntimeEndpoint: unix://$CONTAINERD_SOCKET
volumePluginDir: $RUN/kubelet/plugins
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
maxOpenFiles: $open_files
oomScoreAdj: 0
makeIPTablesUtilChains: false
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
nodeStatusUpdateFrequency: 5s
resolvConf: ""
$(if has_network; then printf 'clusterDomain: cluster.local\nclusterDNS: [10.99.0.1]\n'; fi)
EOF
}

write_dns_configuration() {
  cat >"$RUN/Corefile" <<EOF
.:53 {
  bind 10.99.0.1
  kubernetes cluster.local {
    kubeconfig $RUN/admin.kubeconfig
  }
}
EOF
}

stop_pods() {
  if ! [ -S "$CONTAINERD_SOCKET" ]; then return 0; fi
  local id
  for id in $(node_ctr tasks list -q); do node_ctr tasks kill --signal SIGKILL "$id" >/dev/null 2>&1 || true; done
  for id in $(node_ctr tasks list -q); do node_ctr tasks delete --force "$id" >/dev/null 2>&1 || true; done
  for id in $(node_ctr containers list -q); do node_ctr containers delete "$id" >/dev/null 2>&1 || true; done
}

# What killed pods leave behind: their groups, children first, and the namespaces that CNI named.
clean_node() {
  local tree file
  # The groups of a cluster without a node are another's.
  if ! [ -e "$RUN/commands/kubelet" ]; then return 0; fi
  for tree in /sys/fs/cgroup /sys/fs/cgroup/*/; do
    if [ -d "$tree/kubepods" ]; then find "$tree/kubepods" -depth -type d -exec rmdir {} + 2>/dev/null || true; fi
  done
  if [ -d "$RUN/cni/leases" ]; then
    for file in /run/netns/cni-*; do
      if [ -e "$file" ] && [ "$file" -nt "$RUN/cni/10-pods.conflist" ]; then umount "$file" 2>/dev/null || true; rm -f "$file"; fi
    done
  fi
  if ! has_network && ip link show multijob0 >/dev/null 2>&1; then ip link delete multijob0; fi
}
