# etcd, the API server, the controllers and the scheduler.

start_control_plane() {
  local pki=$RUN/pki bind=127.0.0.1 advertise=127.0.0.1 reconciler=none
  if has_network; then bind=0.0.0.0 advertise=10.99.0.1 reconciler=lease; fi

  start_component etcd etcd --name test --data-dir "$RUN/etcd" --unsafe-no-fsync \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 --initial-cluster test=http://127.0.0.1:2380

  start_component apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 \
    --bind-address=$bind --secure-port=6443 --advertise-address=$advertise --endpoint-reconciler-type=$reconciler \
    --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --service-account-issuer=https://kubernetes.default.svc --api-audiences=https://kubernetes.default.svc \
    --service-account-key-file="$pki/service-accounts.pub" --service-account-signing-key-file="$pki/service-accounts.key" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
    --service-cluster-ip-range=10.0.0.0/24 \
    --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
    --kubelet-client-certificate="$pki/apiserver-to-kubelet.crt" --kubelet-client-key="$pki/apiserver-to-kubelet.key" \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key"
  wait_for apiserver 600 ready_apiserver

  start_component controllers kube-controller-manager --leader-elect=false --bind-address=127.0.0.1 --cert-dir="$pki" \
    --kubeconfig="$RUN/controllers.kubeconfig" --authentication-kubeconfig="$RUN/controllers.kubeconfig" --authorization-kubeconfig="$RUN/controllers.kubeconfig" \
    --use-service-account-credentials=true --service-account-private-key-file="$pki/service-accounts.key" --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key"
  start_component scheduler kube-scheduler --leader-elect=false --bind-address=127.0.0.1 --cert-dir="$pki" \
    --kubeconfig="$RUN/scheduler.kubeconfig" --authentication-kubeconfig="$RUN/scheduler.kubeconfig" --authorization-kubeconfig="$RUN/scheduler.kubeconfig"
  # No pod can be created before its namespace's service account is there.
  wait_for controllers 600 inside kubectl --namespace default get serviceaccount default
}
