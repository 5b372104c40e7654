"""Tiny files as real writers write them, pictures of 2x2: red, green, blue. Made by hand with pyarrow 26.0.1, polars 2.1.0, duckdb 2.0.1, datasets 5.2.0."""
import io, sys, os
import pyarrow as pa, pyarrow.parquet as pq, polars as pl, duckdb, datasets
from PIL import Image
print(pa.__version__, pl.__version__, duckdb.__version__, datasets.__version__)
out=sys.argv[1]; os.makedirs(out,exist_ok=True)
def png(c):
    b=io.BytesIO(); Image.new("RGB",(2,2),c).save(b,"PNG"); return b.getvalue()
cs=[(255,0,0),(0,255,0),(0,0,255)]; names=["red","green","blue"]
pics=[png(c) for c in cs]
struct=[{"bytes":p,"path":n+".png"} for p,n in zip(pics,names)]
t=pa.table({"image":pa.array(struct,pa.struct([("bytes",pa.binary()),("path",pa.string())])),"text":names})
for codec in ["lz4","brotli","gzip","snappy","zstd"]:
    pq.write_table(t,f"{out}/pyarrow-{codec}.parquet",compression=codec)
pl.DataFrame({"img":pics,"caption":names}).write_parquet(f"{out}/polars-lz4.parquet",compression="lz4")
pl.DataFrame({"image":struct,"label":["red","green","blue"]},schema_overrides={"label":pl.Categorical}).write_parquet(f"{out}/polars-categories.parquet")
con=duckdb.connect()
a=t
con.execute(f"copy (select image, text as caption from a) to '{out}/duckdb.parquet' (format parquet, codec 'lz4')")
b=pa.table({"image":pics,"label":[2,0,1]})
con.execute(f"copy (select image, label from b) to '{out}/duckdb-plain.parquet' (format parquet, codec 'brotli')")
f=datasets.Features({"image":datasets.Image(),"captions":datasets.List(datasets.Value("string")),"label":datasets.ClassLabel(names=["zero","one"])})
d=datasets.Dataset.from_dict({"image":struct,"captions":[["a","b"],["c"],[]],"label":[1,0,1]},features=f)
d.to_parquet(f"{out}/datasets-lists.parquet")
d.save_to_disk(f"{out}/saved")
f=datasets.Features({"image":datasets.Image(),"fine":datasets.ClassLabel(names=["x","y"]),"coarse":datasets.ClassLabel(names=["p","q"])})
datasets.Dataset.from_dict({"image":struct,"fine":[1,0,1],"coarse":[0,1,1]},features=f).to_parquet(f"{out}/datasets-two-classes.parquet")
tb=pa.table({"image":pa.array([{"bytes":None,"path":"red.png"}],pa.struct([("bytes",pa.binary()),("path",pa.string())])),"text":["one"]})
pq.write_table(tb,f"{out}/pyarrow-paths.parquet")
open(f"{out}/red.png","wb").write(pics[0])
pq.write_table(pa.table({"image":pa.array(pics,pa.large_binary()),"text":pa.array(names,pa.large_string())}),f"{out}/pyarrow-large.parquet",use_dictionary=True,data_page_version="2.0")
pq.write_table(pa.table({"image":pa.array(pics,pa.binary_view()),"text":pa.array(names).dictionary_encode()}),f"{out}/pyarrow-view.parquet")

# Batches of CIFAR-10 with two pictures: as Python 3 writes them at protocol 2, and as Python 2 did (texts as SHORT_BINSTRING).
import pickle, numpy as np
data = ((np.arange(2 * 3072) // 1) % 3072 + np.repeat([0, 1], 3072)).reshape(2, 3072).astype(np.uint8)
def py2(obj):
    out = bytearray(b"\x80\x02")
    def put(o):
        if isinstance(o, dict):
            out.extend(b"}(")
            for k, v in o.items(): put(k); put(v)
            out.extend(b"u")
        elif isinstance(o, list):
            out.extend(b"](")
            for v in o: put(v)
            out.extend(b"e")
        elif isinstance(o, int): out.extend(b"K" + bytes([o]))
        elif isinstance(o, str): out.extend(b"U" + bytes([len(o)]) + o.encode())
        elif isinstance(o, np.ndarray):
            out.extend(b"cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\nq\x02K\x00\x85U\x01b\x87R(K\x01K\x02M\x00\x0c\x86")
            out.extend(b"cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T")
            out.extend(o.nbytes.to_bytes(4, "little") + o.tobytes() + b"tb")
    put(obj); out.extend(b".")
    return bytes(out)
for name, dump in (("cifar10-python2", py2), ("cifar10-python3", lambda o: pickle.dumps(o, 2))):
    os.makedirs(f"{out}/{name}", exist_ok=True)
    batch = {"batch_label": "training batch 1 of 5", "labels": [1, 0], "data": data, "filenames": ["a.png", "b.png"]}
    open(f"{out}/{name}/data_batch_1", "wb").write(dump(batch))
    open(f"{out}/{name}/batches.meta", "wb").write(dump({"num_cases_per_batch": 2, "label_names": ["airplane", "automobile"], "num_vis": 32}))

# Arrow: a dictionary of splits in two shards, a stream with large types and views, and what is not read.
f=datasets.Features({"image":datasets.Image(),"label":datasets.ClassLabel(names=["zero","one"]),"text":datasets.Value("large_string")})
d=datasets.Dataset.from_dict({"image":struct,"label":[1,0,1],"text":["red",None,"blue"]},features=f)
dd=datasets.DatasetDict({"train":d,"test":d.select([2,0])})
dd.save_to_disk(f"{out}/saved-parts",num_shards={"train":2,"test":1})
os.makedirs(f"{out}/arrow",exist_ok=True)
def ipc(name,t,new=pa.ipc.new_stream,**o):
    with new(f"{out}/arrow/{name}.arrow",t.schema,options=pa.ipc.IpcWriteOptions(**o)) as w: w.write_table(t,max_chunksize=2)
ipc("large",pa.table({"n":pa.array([{"x":1},None,{"x":2}]),"image":pa.array(pics,pa.large_binary()),"text":pa.array([["red"],["green","lime"],["blue"]],pa.large_list(pa.large_string())),"label":pa.array([2,0,1],pa.uint8())}))
ipc("view",pa.table({"other":pa.array(["a long text that does not fit into a view","b","c"],pa.string_view()),"image":pa.array(pics,pa.binary_view()),"text":pa.array(names,pa.string_view())}),new=pa.ipc.new_file)
ipc("packed",t,compression="zstd")
ipc("categories",pa.table({"image":pa.array(pics,pa.binary()),"label":pa.array(names).dictionary_encode()}))

# Classes whose names stand in another order in each file: a picture's colour is its class.
os.makedirs(f"{out}/class-orders",exist_ok=True)
for file,order,of in (("train-00000-of-00002",["red","green","blue"],names),("train-00001-of-00002",["blue","green","red"],names),("test-00000-of-00001",["green","blue"],names[1:])):
    f=datasets.Features({"image":datasets.Image(),"label":datasets.ClassLabel(names=order)})
    datasets.Dataset.from_dict({"image":[struct[names.index(n)] for n in of],"label":of},features=f).to_parquet(f"{out}/class-orders/{file}.parquet")
