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
