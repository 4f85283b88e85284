# 两个页面和命令行的全部文字。每种语言一个文件，标识相同。

# --- 通用
app-name = 通码
language-other = English
notice-close = 知道了
update-ready = 新版本已准备好。
update-now = 现在使用
loading = 请稍候……
try-again = 重试

# --- 钱包
wallet-title = 通码钱包
wallet-kind = 钱包
apply-title = 申领通行码
apply-intro = 只需申领一次。以后打开就有码，没有网络也能用。
apply-name = 姓名
apply-name-hint = 与证件上一致
apply-document-kind = 证件类型
apply-document-number = 证件号码
apply-phone = 手机号码
apply-phone-hint = 11 位手机号，或以 + 和国家代码开头
apply-send = 申领
apply-privacy = 以上四项只发给签发机构，不会给其他任何人。本机只保留隐去部分数字的证件号。
apply-problem = 这次没有成功
document-id-card = 居民身份证
document-hk-mo-permit = 港澳居民来往内地通行证
document-taiwan-permit = 台湾居民来往大陆通行证
document-passport = 护照
document-permanent-residence = 外国人永久居留身份证
document-other = 其他证件
applying-title = 正在办理您的申领
applying-wait = 会自动继续，您可以关闭页面。
applying-next = 下次尝试：{ $time }
applying-withdraw = 返回修改
code-colour-green = 绿码
code-colour-yellow = 黄码
code-colour-red = 红码
code-qr-label = { $name }的二维码：{ $colour }，有效至 { $time }
code-preparing = 正在生成……
code-over = 此码已到期，正在生成新码……
code-left = 剩余时间
code-until = 有效至 { $time }
code-document = 证件号
code-from-until = { $region } · { $day }前可出示
code-offline = 没有网络也能用，码会自动更新。
blocked-title = 暂时无法继续

# --- 核验
verifier-title = 通码核验
verifier-kind = 核验
scan-title = 请将码对准摄像头
scan-hint = 也可以直接用扫码枪扫描。
scan-picture = 选择图片
scan-paste = 粘贴文字
scan-paste-label = 码的文字内容
scan-paste-read = 核验
scan-paste-cancel = 取消
scan-video-label = 摄像头画面
camera-switch = 换摄像头
camera-switch-to = 换摄像头：{ $name }
camera-light = 补光
camera-zoom-in = 放大
camera-zoom-out = 缩小
guide-closer = 请把码靠近一些
guide-hold-still = 请拿稳，不要晃动
guide-restarted = 画面停住了，已重新打开摄像头。
guide-too-bright = 太亮了，请避开强光
guide-too-dark = 太暗了，请开灯或调亮屏幕
checking = 正在核验……
verdict-pass = 可以通行
verdict-restricted = 有条件通行
verdict-stop = 不可进入
verdict-invalid = 此码无效
verdict-cannot-tell = 无法判断
verdict-next = 继续扫码
verdict-name = 姓名
verdict-document = 证件号
verdict-test = 核酸检测
verdict-vaccination = 疫苗接种
verdict-region = 地区
verdict-issuer = 签发机构
verdict-made = { $time } 生成
verdict-until = 有效至 { $time }
verdict-seen = 此码 { $time } 在本机已核验过。请确认是否同一人。
verdict-pass-hint = 此码真实有效。请核对姓名与本人是否一致。
verdict-pass-return = 3 秒后自动继续扫码；点一下屏幕可停留。
data-bundle = 信任名单：{ $state }
data-status = 状态名单：{ $state }
data-fresh = { $age }更新
data-ageing = { $age }更新，请在 { $until } 前再更新
data-stale = 已过期（{ $age }更新）
data-missing = 还没有，请联网更新
data-refresh = 更新
age-minutes = { $n ->
    [0] 刚刚
   *[other] { $n } 分钟前
}
age-hours = { $n } 小时前
age-days = { $n } 天前

# --- 原因：发生了什么；办法：该怎么做
reason-not-a-pass = 这不是通行码。
remedy-not-a-pass = { $looksLike ->
    [url] 这是一个网址。请出示通行码。
    [wi-fi] 这是无线网络的码。请出示通行码。
    [payment] 这是付款码。请出示通行码。
   *[other] 请出示通行码。
}
reason-prefix-version = 此码为更新的格式（第 { $version } 版）。
remedy-prefix-version = 请更新本页面，再扫一次。
reason-text-lower-case = 码的文字被改成了小写。
remedy-text-lower-case = 请检查扫码枪的大小写转换和键盘的大写锁定，再扫一次。
reason-text-too-long = 文字太长，不可能是通行码。
remedy-text-too-long = 请一次只扫一个码。
reason-text-malformed = 码有损坏或不完整。
remedy-text-malformed = 请把整个码放进画面，再扫一次。
reason-cbor-truncated = 码被截断了。
remedy-cbor-truncated = 请把整个码放进画面，再扫一次。
reason-cbor-trailing-bytes = 码的末尾有多余内容。
remedy-cbor-trailing-bytes = 请一次只扫一个码。若仍如此，说明此码是假的。
reason-cbor-indefinite = 码的格式不合规范。
remedy-cbor-indefinite = 请出示官方钱包里的码。
reason-cbor-not-minimal = 码的格式不合规范。
remedy-cbor-not-minimal = 请出示官方钱包里的码。
reason-cbor-duplicate-key = 码里有重复的内容。
remedy-cbor-duplicate-key = 请出示官方钱包里的码。
reason-cbor-too-deep = 此码内容异常，可能是恶意制作的。
remedy-cbor-too-deep = 请勿接受此码，改查其他证明。
reason-cbor-too-large = 码的内容过大，不合规范。
remedy-cbor-too-large = 请勿接受此码，改查其他证明。
reason-cbor-malformed = 码的内容无法读取。
remedy-cbor-malformed = 请再扫一次。若仍如此，说明此码是假的。
reason-wrong-type = 这是其他用途的码，不是通行码。
remedy-wrong-type = 请对方打开钱包，出示通行码页面。
reason-credential-not-presentation = 这是存下来的凭证，不是本人当场出示的码。
remedy-credential-not-presentation = 请对方打开钱包，出示通行码页面。
reason-token-malformed = 码的内容缺失或有误。
remedy-token-malformed = 请对方重新打开钱包。若仍如此，说明此码是假的。
reason-algorithm-not-allowed = 此码的签名方式不符合要求。
remedy-algorithm-not-allowed = 请出示官方钱包里的码。
reason-bundle-missing = 本机还没有信任名单。
remedy-bundle-missing = 请联网，再点“更新”。
reason-bundle-wrong-root = 收到的信任名单不是本系统的主管机构签发的。
remedy-bundle-wrong-root = 没有采用。请确认打开的是官方网址。
reason-bundle-rolled-back = 收到的信任名单（{ $offered }）比现有的（{ $held }）旧。
remedy-bundle-rolled-back = 没有采用。请稍后再更新。
reason-bundle-expired = 信任名单已于 { $expiredAt } 到期。
remedy-bundle-expired = 请联网，再点“更新”。在此之前请查验其他证明。
reason-bundle-too-old = 信任名单太旧（生成于 { $issuedAt }）。
remedy-bundle-too-old = 请联网，再点“更新”。在此之前请查验其他证明。
reason-unknown-issuer = 此码的签发机构不在信任名单里。
remedy-unknown-issuer = 请更新信任名单。若仍如此，请查验其他证明。
reason-unknown-key = 签此码的密钥不在信任名单里。
remedy-unknown-key = 请更新信任名单。若仍如此，此码可能是伪造的，请查验其他证明。
reason-key-use = 签此码的密钥不能用于这个用途。
remedy-key-use = 请勿接受此码，改查其他证明。
reason-key-region = 签发机构无权签发该地区（{ $region }）的码。
remedy-key-region = 请勿接受此码，改查其他证明。
reason-bad-signature = 签名不符：此码是伪造的，或者已损坏。
remedy-bad-signature = 请再扫一次。若仍如此，请勿接受，改查其他证明。
reason-disclosure-unmatched = 码里有签发机构没有写入的内容。
remedy-disclosure-unmatched = 请勿接受此码，改查其他证明。
reason-disclosure-doubled = 码里同一项内容出现了两次。
remedy-disclosure-doubled = 请勿接受此码，改查其他证明。
reason-disclosure-malformed = 码里出示的内容无法读取。
remedy-disclosure-malformed = 请对方重新打开钱包。
reason-clock-wrong = 本机时间不对：显示 { $now }，而签发机构的时间或数据是 { $notBefore }。
remedy-clock-wrong = 请在系统设置里把日期和时间改为自动，再试一次。
reason-expired = { $layer ->
    [credential] 此码的凭证已于 { $expiredAt } 到期。
    [status-list] 状态名单已于 { $expiredAt } 到期。
    [application] 申领请求已过期。
   *[other] 此码已于 { $expiredAt } 到期。
}
remedy-expired = { $layer ->
    [credential] 请在钱包里重新申领。如日期不对，请检查本机时间。
    [status-list] 请联网，再点“更新”。
    [application] 请检查本机时间后重新提交。
   *[other] 请对方打开钱包，会自动生成新码。若仍不行，请核对两部手机的时间。
}
reason-not-yet-valid = 此码从 { $validFrom } 起才有效。
remedy-not-yet-valid = 两部手机中有一部时间不对。请都设为自动校时，再扫一次。
reason-lifetime-too-long = 此码的有效期超过了 15 分钟。
remedy-lifetime-too-long = 正规钱包不会生成这样的码。请勿接受，改查其他证明。
reason-times-inconsistent = 码里的时间互相矛盾。
remedy-times-inconsistent = 请对方重新打开钱包。
reason-audience-mismatch = 此码是为别的场所生成的。
remedy-audience-mismatch = 请对方重新打开通行码页面。
reason-nonce-missing = 此码没有回应本场所的核验请求。
remedy-nonce-missing = 请对方先扫本场所的码。
reason-nonce-mismatch = 此码回应的不是本场所的核验请求。
remedy-nonce-mismatch = 请对方再扫一次本场所的码。
reason-status-missing = 本机没有此码对应的状态名单。
remedy-status-missing = 请联网，再点“更新”。在此之前请查验其他证明。
reason-status-too-old = 状态名单太旧（生成于 { $issuedAt }）。
remedy-status-too-old = 请联网，再点“更新”。在此之前请查验其他证明。
reason-status-index-out-of-range = 此码的编号不在状态名单内。
remedy-status-index-out-of-range = 请勿接受此码，改查其他证明。
reason-revoked = 签发机构已撤销此码。
remedy-revoked = 请勿接受此码。本人可拨打 12345 咨询。
reason-suspended = 签发机构已将此码转为红码。
remedy-suspended = 请勿放行，保持距离，按本场所预案处理。本人可拨打 12345 咨询或申诉。
reason-turned-yellow = 签发机构已将此码转为黄码。
remedy-turned-yellow = 请按本场所对黄码的规定处理。本人可拨打 12345 咨询或申诉。
reason-status-unknown = 本机不认识此码的状态（{ $value }）。
remedy-status-unknown = 请更新本页面。在此之前请查验其他证明。
reason-colour-yellow = 此码为黄码。
remedy-colour-yellow = 请按本场所对黄码的规定处理。
reason-colour-red = 此码为红码。
remedy-colour-red = 请勿放行，保持距离，按本场所预案处理。
reason-field-empty = 还没有填写。
remedy-field-empty = 请填写。
reason-field-too-long = 内容太长。
remedy-field-too-long = 请缩短一些。
reason-name-malformed = 姓名只能包含文字、空格和 · - '。
remedy-name-malformed = 请按证件填写。
reason-document-malformed = 号码与所选的证件类型不符。
remedy-document-malformed = 请对照证件检查，或改选证件类型。
reason-document-check-digit = 身份证号有误：最后一位校验码不符。
remedy-document-check-digit = 请对照身份证，核对全部 18 位。
reason-document-birth-date = 身份证号里的出生日期不存在。
remedy-document-birth-date = 请对照身份证，核对第 7 至 14 位。
reason-phone-malformed = 手机号码不完整或有误。
remedy-phone-malformed = 请输入 11 位手机号，或以 + 和国家代码开头。
reason-application-refused = 签发机构没有通过这次申领。
remedy-application-refused = 请检查填写的内容。需要帮助请拨打 12345。
reason-answer-malformed = 签发机构的答复有误，无法使用。
remedy-answer-malformed = 填写的内容没有丢失，稍后会自动重试。
reason-credential-foreign-key = 收到的码属于另一部手机，没有采用。
remedy-credential-foreign-key = 稍后会自动重试。
reason-offline = 暂时连不上签发机构。
remedy-offline = 已有内容不会丢失。请检查网络，稍后会自动重试。
reason-server-fault = 签发机构的系统出了故障（{ $status }）。
remedy-server-fault = 已有内容不会丢失，稍后会自动重试。
reason-camera-refused = 没有使用摄像头的权限。
remedy-camera-refused = 请在浏览器设置里允许本页面使用摄像头，再点“重试”。也可以用图片、文字或扫码枪。
reason-camera-absent = 本机没有可用的摄像头。
remedy-camera-absent = 请使用图片、文字或扫码枪。
reason-camera-in-use = 摄像头正被其他程序占用。
remedy-camera-in-use = 请关闭其他程序，再点“重试”。
reason-nothing-read = 图片里没有找到码。
remedy-nothing-read = 请选一张清晰、码完整的图片。
reason-picture-unreadable = 这个文件不是能打开的图片。
remedy-picture-unreadable = 请选择 PNG 或 JPEG 图片。
reason-storage-full = 本机存储空间已满。
remedy-storage-full = 请清理手机空间。在此之前，新的内容无法保存。
reason-storage-refused = 浏览器不允许本页面保存数据。
remedy-storage-refused = 请退出无痕模式，或在设置里允许保存。否则关闭页面后数据会丢失。
reason-storage-damaged = 保存的数据已无法读取。
remedy-storage-damaged = 原数据已另行保留。请重新申领。
reason-storage-newer = 本机数据是由更新的版本（第 { $version } 版）保存的。
remedy-storage-newer = 请刷新页面，使用新版本。数据没有改动。
reason-already-open = 另一个标签页或窗口已打开本页面。
remedy-already-open = 请使用那一个；关闭它后，这里会自动开始。
reason-other-tab = 另一个标签页也打开了本页面，并改动了数据。
remedy-other-tab = 本页已换成改动后的数据。建议关闭其中一个标签页。
reason-key-unusable = 本机的密钥丢失或无法使用。
remedy-key-unusable = 通行码与本机密钥绑定，请重新申领。
reason-browser-too-old = 浏览器缺少本页面需要的功能。
remedy-browser-too-old = 请更新浏览器，或换一个浏览器，并用 https 网址打开。
reason-internal = 程序出错了。
remedy-internal = 请刷新页面。如果再次出现，请联系维护人员。
