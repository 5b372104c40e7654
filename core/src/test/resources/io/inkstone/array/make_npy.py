"""Makes the small NumPy files beside this script. Run: python make_npy.py (NumPy 1.24 or newer)."""
import numpy as np

for code in ["?", "u1", "i1", "<u2", ">u2", "<i2", "<u4", "<i4", ">i4", "<u8", "<i8", "<f2", ">f2", "<f4", ">f4", "<f8"]:
    values = np.arange(-3, 3).reshape(2, 3)
    values = values > 0 if code == "?" else (values + 3 if "u" in code else values).astype(code)
    name = code.replace("<", "le_").replace(">", "be_").replace("?", "bool")
    np.save(f"{name}.npy", values)
np.save("fortran.npy", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
np.save("scalar.npy", np.float32(2.5))
np.save("empty.npy", np.zeros((0, 3), "<f4"))
np.save("object.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save("record.npy", np.zeros(2, dtype=[("x", "<f4")]))
for version in [(2, 0), (3, 0)]:
    with open(f"version{version[0]}.npy", "wb") as f:
        np.lib.format.write_array(f, np.arange(6, dtype="<f4").reshape(2, 3), version=version)
np.savez("plain.npz", a=np.arange(6, dtype="<f4").reshape(2, 3), b=np.array([1, 2], dtype="<i8"))
np.savez_compressed("packed.npz", a=np.arange(6, dtype="<f4").reshape(2, 3), zeros=np.zeros(1000, "u1"))
