# A network of its own, without root: loopback is left out by the controller's multicast DNS, so there is a
# pair of Ethernet interfaces. `unshare -rn sh stage.sh PYTHON CHIP_PYTHON ROOTS FOLDER`
set -e
ip link set lo up
ip link add m0 type veth peer name m1
ip link set m0 up
ip link set m1 up
ip -6 addr add fd77::1/64 dev m0 nodad
ip addr add 10.77.0.1/24 dev m0
"$1" -m tests.interop.chip.device 10.77.0.1 fd77::1 > "$4/device" 2> "$4/device.log" &
device=$!
trap 'kill $device' EXIT
for turn in $(seq 600); do
  [ -s "$4/device" ] && break
  sleep 0.1
done
set -- "$@" $(head -1 "$4/device")
PYTHONPATH= timeout 120 "$2" tests/interop/chip/controller.py "$5" "$6" "$3" "$4" > "$4/controller" 2> "$4/controller.log"
