"""Open WebUI's own code for pictures against a server of ours, without the rest of that program.

    pip download --no-deps open-webui==0.12.4 && unzip -q open_webui-*.whl -d WHEEL
    pip install aiohttp aiofiles fastapi pillow "sqlalchemy[asyncio]" python-multipart
    python open_webui.py WHEEL ADDRESS MODEL PROMPT [KEY]

The file open_webui/routers/images.py of the package is run as it is; what it imports of its own program (settings, users, files)
is replaced by stand-ins, the HTTP client is the real one. Prints a line a request that it makes and fails where one does.
"""

import asyncio
import base64
import importlib.util
import io
import pathlib
import re
import sys
import tempfile
import types
from unittest.mock import AsyncMock, MagicMock

wheel, address, model, prompt = sys.argv[1:5]
key = sys.argv[5] if len(sys.argv) > 5 else "none"


class StandIn(types.ModuleType):
    """A module that has whatever it is asked for."""

    __path__ = []

    def __getattr__(self, name):
        value = MagicMock(name=name)
        setattr(self, name, value)
        return value


NAMES = """config constants env events internal internal.db models models.chats models.config retrieval retrieval.web
retrieval.web.utils routers routers.files utils utils.access_control utils.auth utils.headers utils.images utils.images.comfyui
utils.json_codec utils.session_pool""".split()
stand_ins = {name: StandIn("open_webui." + name) for name in NAMES}
sys.modules["open_webui"] = StandIn("open_webui")
sys.modules.update({"open_webui." + name: each for name, each in stand_ins.items()})

source = (pathlib.Path(wheel) / "open_webui/config.py").read_text()


def said(name, usual):
    """A pattern as the package's settings have it, where nobody sets another."""
    found = re.search(name + r"\s*=\s*os\.getenv\(\s*'[A-Z_]+',\s*r?'([^']*)'", source)
    return found.group(1) if found else usual


stand_ins["config"].CACHE_DIR = pathlib.Path(tempfile.mkdtemp())
stand_ins["config"].ENABLE_OPENAI_IMAGE_EDIT_NORMALIZATION = True
stand_ins["config"].IMAGE_URL_RESPONSE_MODELS_REGEX_PATTERN = said("IMAGE_URL_RESPONSE_MODELS_REGEX_PATTERN", "^gpt-image")
stand_ins["config"].IMAGE_AUTO_SIZE_MODELS_REGEX_PATTERN = said("IMAGE_AUTO_SIZE_MODELS_REGEX_PATTERN", "^gpt-image")
stand_ins["env"].AIOHTTP_CLIENT_SESSION_SSL = None
stand_ins["env"].ENABLE_FORWARD_USER_INFO_HEADERS = False
stand_ins["constants"].ERROR_MESSAGES.DEFAULT = lambda *said: " ".join(map(str, said))
stand_ins["utils.access_control"].has_permission = AsyncMock(return_value=True)
stand_ins["events"].publish_event = AsyncMock()
stand_ins["models.config"].Config.upsert = AsyncMock()

spec = importlib.util.spec_from_file_location("open_webui.routers.images", pathlib.Path(wheel) / "open_webui/routers/images.py")
images = importlib.util.module_from_spec(spec)
sys.modules["open_webui.routers.images"] = images
spec.loader.exec_module(images)

kept = []


async def upload(request, data, kind, metadata, user, db=None):
    kept.append((data, kind))
    return None, {"url": f"/{len(kept)}", "content_type": kind}


images.upload_image = upload


def settings(engine, **more):
    values = {name: None for name in images.IMAGE_CONFIG_KEYS}
    values.update(
        ENABLE_IMAGE_GENERATION=True, ENABLE_IMAGE_EDIT=True, IMAGE_GENERATION_ENGINE=engine, IMAGE_EDIT_ENGINE=engine,
        IMAGE_GENERATION_MODEL=model, IMAGE_EDIT_MODEL=model, IMAGE_SIZE="", IMAGE_EDIT_SIZE="",
        IMAGES_OPENAI_API_BASE_URL=address + "/v1", IMAGES_OPENAI_API_KEY=key,
        IMAGES_EDIT_OPENAI_API_BASE_URL=address + "/v1", IMAGES_EDIT_OPENAI_API_KEY=key,
        AUTOMATIC1111_BASE_URL=address, AUTOMATIC1111_API_AUTH="me:" + key, USER_PERMISSIONS={})
    values.update(more)

    async def now():
        return types.SimpleNamespace(**values)

    images.get_image_config = now


async def main():
    import aiohttp
    from PIL import Image

    session = aiohttp.ClientSession()
    images.get_session = AsyncMock(return_value=session)
    user = types.SimpleNamespace(id="1", role="admin")
    picture = io.BytesIO()
    Image.new("RGB", (16, 16), (128, 128, 128)).save(picture, "PNG")
    picture = "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
    form = images.CreateImageForm

    async def tried(name, what, pictures):
        kept.clear()
        answer = await what
        sizes = [Image.open(io.BytesIO(data)).size for data, _ in kept]
        if pictures is not None and len(kept) != pictures:
            raise SystemExit(f"{name}: {len(kept)} pictures for {pictures}")
        print(f"{name}: {sizes or str(answer)[:100]}")

    generate = lambda **said: images.image_generations(None, form(prompt=prompt, **said), user=user)
    edit = lambda image: images.image_edits(None, images.EditImageForm(image=image, prompt=prompt), user=user)
    settings("openai")
    await tried("openai, two pictures", generate(n=2), 2)
    await tried("openai, edit", edit(picture), 1)
    await tried("openai, edit of two", edit([picture, picture]), 2)
    settings("openai", IMAGES_OPENAI_API_VERSION="2025-04-01", IMAGES_OPENAI_API_PARAMS={"steps": 5, "seed": 3})
    await tried("openai, a version and parameters", generate(n=1), 1)
    settings("automatic1111")
    check = images.ConnectionVerificationForm(engine="automatic1111", url=address, key="me:" + key)
    await tried("automatic1111, connection", images.verify_connection(check, user=user), None)
    await tried("automatic1111, models", images.get_models(None, user=user), None)
    await tried("automatic1111, model chosen", images.set_image_model(None, model), None)
    await tried("automatic1111, three pictures", generate(n=3, steps=5, negative_prompt=""), 3)
    await session.close()


asyncio.run(main())
