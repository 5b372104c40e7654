"""Writes captions of every script and oddity, and their ids by transformers' CLIPTokenizer, for ClipCaptionsTest.

    python make_captions.py VOCABULARY_FOLDER captions.txt.gz

A line holds the text as JSON, a tab, and the ids without start and end, in base 36, separated by blanks (at most 75).
Written with transformers 5.24.0, tokenizers as it requires, Python 3.11, Unicode 14.
"""
import gzip, json, random, sys, unicodedata
from transformers import CLIPTokenizer

random.seed(20261129)
BLOCKS = [(0x20,0x7e,30),(0xa0,0xff,6),(0x100,0x24f,6),(0x250,0x2ff,2),(0x300,0x36f,3),(0x370,0x3ff,6),(0x400,0x52f,6),(0x530,0x58f,2),(0x590,0x5ff,3),(0x600,0x6ff,4),(0x900,0x97f,4),(0x980,0x9ff,2),(0xa00,0xdff,3),(0xe00,0xeff,3),(0xf00,0xfff,1),(0x1000,0x109f,1),(0x10a0,0x10ff,2),(0x1100,0x11ff,2),(0x1200,0x137f,1),(0x13a0,0x13ff,1),(0x1780,0x17ff,1),(0x1800,0x18af,1),(0x1e00,0x1eff,4),(0x1f00,0x1fff,3),(0x2000,0x206f,3),(0x2070,0x209f,2),(0x20a0,0x20bf,2),(0x2100,0x214f,2),(0x2150,0x218f,2),(0x2190,0x21ff,1),(0x2200,0x22ff,1),(0x2460,0x24ff,2),(0x2600,0x27bf,3),(0x2c00,0x2c5f,1),(0x2d00,0x2d2f,1),(0x3000,0x303f,2),(0x3040,0x30ff,6),(0x3130,0x318f,1),(0x4e00,0x9fff,8),(0xa640,0xa69f,1),(0xa720,0xa7ff,2),(0xac00,0xd7a3,5),(0xf900,0xfaff,1),(0xfb00,0xfb4f,2),(0xfe00,0xfe0f,1),(0xff00,0xffef,3),(0x10400,0x1044f,2),(0x1d400,0x1d7ff,3),(0x1e900,0x1e95f,1),(0x1f300,0x1faff,8),(0x20000,0x2a6d6,2)]
WORDS = "a an the of on in with red blue green cat dog horse portrait painting photo watercolor oil masterpiece best quality highly detailed 4k 8k trending artstation greg rutkowski cyberpunk city forest moon sun river snow face smiling glasses hat black hair don't I'm we've they'll he'd she's it's you're 1920s 3d 35mm f/1.8 café naïve Zürich ΟΔΟΣ Σίσυφος İstanbul ǅungla ﬁsh ①② ½ x² H₂O 日本語 東京 한국어 привет мир שלום مرحبا नमस्ते สวัสดี 🦊 👩‍👩‍👧 🏳️‍🌈 👍🏽".split()
ODD = ["<|endoftext|>","<|startoftext|>","<|ENDOFTEXT|>","<|StartOfText|>","<|endoftext|>!!","'s","'S","'ll","''t","'","\u2019s","!","!!","...","—","(","word:1.3",")","[","]","\\(","\x00","\x01","\x1c","\x1d","\x1e","\x1f","\x7f","\x85","\xa0","\u1680","\u2003","\u200b","\u200d","\u2028","\u2029","\u202f","\u205f","\u3000","\ufeff","\ufffd","\ufffe","\U0010ffff","\t","\n","\r\n","  ","&amp;","&lt;","e\u0301","o\u0308","\u1100\u1161\u11a8","\u0130","\u0131","\u03c2","\u03a3","\u1e9e","\u212b","\u2126","\u212a","&","http://a.b/c?d=e&f","@user","#tag","C++","$5.00","100%","a_b","--","~","^","`","\"","</w>","a</w>","Ġ","</W>"]
PAIRS = [(a, b, w) for a, b, w in BLOCKS]

# letters of Unicode 14, which Java 17 does not know yet
NEW = {0x2C2F, 0x2C5F, 0xA7C0, 0xA7C1, *range(0xA7D0, 0xA7DA), *range(0xA7F2, 0xA7F5), 0xC5D, 0xCDD}

def known(c):
    return unicodedata.category(c) not in ("Cn", "Cs") and ord(c) not in NEW

def character():
    while True:
        a, b, _ = random.choices(PAIRS, [w for _, _, w in PAIRS])[0]
        c = chr(random.randint(a, b))
        if known(c):
            return c

def word():
    kind = random.random()
    if kind < .45: return random.choice(WORDS)
    if kind < .65: return random.choice(ODD)
    if kind < .75: return random.choice(WORDS).upper()
    if kind < .8: return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(1, 14)))
    if kind < .85: return str(random.randint(0, 10**random.randint(1, 9)))
    a, b, _ = random.choices(PAIRS, [w for _, _, w in PAIRS])[0]
    if kind < .93: return "".join(c for c in (chr(random.randint(a, b)) for _ in range(random.randint(1, 6))) if known(c))
    return "".join(character() for _ in range(random.randint(1, 8)))

def caption():
    return "".join(word() + random.choice(["", " ", " ", " ", " ", ", "]) for _ in range(random.choices([1,3,8,20,40],[2,6,8,3,1])[0]))

tokenizer = CLIPTokenizer.from_pretrained(sys.argv[1])
def digits(n):
    text = ""
    while True:
        n, d = divmod(n, 36); text = "0123456789abcdefghijklmnopqrstuvwxyz"[d] + text
        if n == 0: return text
texts = [""] + ODD + WORDS + ["x" * 500, "ab" * 300, "!" * 200, "日" * 100, "' " * 50, "a" + "\u0301" * 60]
while len(texts) < 6000: texts.append(caption())
lines = [json.dumps(t) + "\t" + " ".join(digits(i) for i in tokenizer(t, truncation=True, max_length=77)["input_ids"][1:-1]) for t in texts]
with open(sys.argv[2], "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out: out.write(("\n".join(lines) + "\n").encode())
